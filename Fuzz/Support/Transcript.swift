/// What a connection would understand of the bytes that come down it.
struct Transcript: Equatable {
    enum Event: Equatable {
        /// A head, where in the stream it lay, and everything that was made of it.
        case head(wire: Range<Int>, summary: String)
        case body([UInt8])
        case refused(status: Int, detail: String)

        /// The bytes ended within a head (or before one), or within a body so far.
        case awaitsHead(isUnderWay: Bool)
        case awaitsBody([UInt8])
    }

    private(set) var events: [Event] = []
    private(set) var heads: [(head: RequestHead, wire: Range<Int>)] = []

    private let limits: ParserLimits
    private var parser: RequestParser
    private var decoder: BodyDecoder?
    private var body: [UInt8] = []
    private var unread: [UInt8] = []
    private var messageStart = 0
    private var consumed = 0

    init(_ pieces: [ArraySlice<UInt8>], limits: ParserLimits) {
        self.limits = limits
        parser = RequestParser(limits: limits)
        do throws(HTTPError) {
            for piece in pieces {
                unread += piece
                while try step() {}
            }
            events.append(
                decoder == nil ? .awaitsHead(isUnderWay: parser.isUnderWay) : .awaitsBody(body)
            )
        } catch {
            events.append(.refused(status: error.status.code, detail: error.detail))
        }
    }

    static func == (left: Transcript, right: Transcript) -> Bool {
        left.events == right.events
    }

    /// Reads on in a head or a body; answers whether that was finished.
    private mutating func step() throws(HTTPError) -> Bool {
        try decoder == nil ? stepHead() : stepBody()
    }

    private mutating func stepHead() throws(HTTPError) -> Bool {
        if unread.isEmpty { return false }
        let bytes = unread
        var position = 0
        let head = try parser.parse(bytes.span, position: &position)
        consume(position)
        guard let head else { return false }
        let wire = messageStart..<consumed
        heads.append((head, wire))
        events.append(.head(wire: wire, summary: head.summary))
        decoder = BodyDecoder(head.framing, limits: limits)
        return true
    }

    private mutating func stepBody() throws(HTTPError) -> Bool {
        let bytes = unread
        guard let count = try decoder?.decode(bytes.span, into: &body) else { return false }
        require(body.count <= limits.body, "A body outgrew its limit.")
        consume(count)
        guard decoder?.isComplete == true else {
            require(unread.isEmpty, "A body that isn't complete left bytes unread.")
            return false
        }
        events.append(.body(body))
        body = []
        decoder = nil
        messageStart = consumed
        return true
    }

    private mutating func consume(_ count: Int) {
        unread.removeFirst(count)
        consumed += count
    }
}

extension RequestHead {
    /// Everything a handler or the connection could see of the head, as text.
    var summary: String {
        """
        \(method) \(target.raw) \(target.path) \(target.segments) \(target.query.pairs)
        \(target.authority ?? "-") \(version) \(framing) \(expectsContinue) \(keepsAlive)
        \(headers.map { "\($0.name): \($0.value)" })
        """
    }

    /// The head as it could have been sent.
    var wireForm: String {
        let version = version == .http10 ? "HTTP/1.0" : "HTTP/1.1"
        let fields = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        return "\(method.rawValue) \(target.raw) \(version)\r\n\(fields)\r\n"
    }
}
