/// Takes a request's body out of the connection's bytes, whatever its framing.
enum BodyDecoder {
    case sized(remaining: Int)
    case chunked(ChunkedDecoder)

    init(_ framing: BodyFraming, limits: ParserLimits) {
        switch framing {
        case .none:
            self = .sized(remaining: 0)
        case .sized(let length):
            self = .sized(remaining: length)
        case .chunked:
            self = .chunked(
                ChunkedDecoder(bodyLimit: limits.body, trailerLimit: limits.headerBytes)
            )
        }
    }

    var isComplete: Bool {
        switch self {
        case .sized(let remaining): remaining == 0
        case .chunked(let decoder): decoder.isComplete
        }
    }

    /// Appends decoded bytes to `output` and answers how much of `input` was consumed.
    mutating func decode(
        _ input: Span<UInt8>,
        into output: inout [UInt8]
    ) throws(HTTPError) -> Int {
        switch self {
        case .sized(let remaining):
            let count = min(remaining, input.count)
            input.extracting(0..<count).withUnsafeBufferPointer { output.append(contentsOf: $0) }
            self = .sized(remaining: remaining - count)
            return count
        case .chunked(var decoder):
            defer { self = .chunked(decoder) }
            return try decoder.decode(input, into: &output)
        }
    }
}
