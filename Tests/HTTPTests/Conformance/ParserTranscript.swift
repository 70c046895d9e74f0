@testable import HTTP

/// What the parser understands of a connection's bytes when they come in given pieces.
struct ParserTranscript: Equatable {
    private(set) var heads: [String] = []
    private(set) var bodies: [[UInt8]] = []
    private(set) var refusal: Refusal?

    enum Refusal: Equatable {
        case ofHead(Int)
        case ofBody(Int)

        var status: Int {
            switch self {
            case .ofHead(let status), .ofBody(let status): status
            }
        }
    }

    /// How many requests are to be answered.
    var answers: Int {
        if case .ofHead = refusal { heads.count + 1 } else { heads.count }
    }

    /// Feeds pieces as a connection would: what is not consumed comes again with more after it.
    init(_ pieces: [[UInt8]], limits: ParserLimits) {
        var parser = RequestParser(limits: limits)
        var decoder: BodyDecoder?
        var input: [UInt8] = []
        for piece in pieces {
            input += piece
            do throws(HTTPError) {
                while try step(&input, &parser, &decoder, limits) {}
            } catch {
                let status = error.status.code
                refusal = decoder == nil ? .ofHead(status) : .ofBody(status)
                return
            }
        }
    }

    /// Makes one step; answers whether another may follow.
    private mutating func step(
        _ input: inout [UInt8],
        _ parser: inout RequestParser,
        _ decoder: inout BodyDecoder?,
        _ limits: ParserLimits
    ) throws(HTTPError) -> Bool {
        let bytes = input
        if decoder != nil {
            let count = try decoder!.decode(bytes.span, into: &bodies[bodies.count - 1])
            input.removeFirst(count)
            guard decoder!.isComplete else { return false }
            decoder = nil
            return true
        }
        var position = 0
        let head = try parser.parse(bytes.span, position: &position)
        input.removeFirst(position)
        guard let head else { return false }
        heads.append(Self.summary(head))
        bodies.append([])
        decoder = BodyDecoder(head.framing, limits: limits)
        return true
    }

    private static func summary(_ head: RequestHead) -> String {
        let fields = head.headers.map { "\($0.name):\($0.value)" }
        return "\(head.method) \(head.target.raw) \(head.version) \(fields) \(head.framing) "
            + "\(head.keepsAlive) \(head.expectsContinue)"
    }
}
