/// Decodes the chunked transfer coding (RFC 9112 §7.1) from bytes in pieces of any size.
///
/// Chunk extensions and trailer fields are checked for their form and dropped.
struct ChunkedDecoder {
    private enum State {
        case size(digits: Int)
        case spaceAfterSize
        case chunkExtension
        case sizeLineEnd
        case data
        case dataReturn
        case dataLineEnd
        case trailerStart
        case trailerName
        case trailerValue
        case trailerLineEnd
        case finalLineEnd
        case complete
    }

    private let bodyLimit: Int
    private let trailerLimit: Int
    private var state = State.size(digits: 0)
    private var remaining = 0
    private var decoded = 0
    private var extensionBytes = 0
    private var trailerBytes = 0

    /// For the extensions of all chunks together (RFC 9112 §7.1.1).
    private static let extensionLimit = 8 * 1024

    init(bodyLimit: Int, trailerLimit: Int) {
        self.bodyLimit = bodyLimit
        self.trailerLimit = trailerLimit
    }

    var isComplete: Bool {
        if case .complete = state { true } else { false }
    }

    /// Appends the decoded bytes to `output` and answers how much of `input` was consumed: all of
    /// it, unless the body ends before.
    mutating func decode(
        _ input: Span<UInt8>,
        into output: inout [UInt8]
    ) throws(HTTPError) -> Int {
        var position = 0
        while position < input.count, !isComplete {
            if case .data = state {
                let count = min(remaining, input.count - position)
                input.extracting(position..<position + count).withUnsafeBufferPointer {
                    output.append(contentsOf: $0)
                }
                position += count
                remaining -= count
                if remaining == 0 { state = .dataReturn }
            } else {
                try consume(input[position])
                position += 1
            }
        }
        return position
    }

    private mutating func consume(_ byte: UInt8) throws(HTTPError) {
        switch state {
        case .size(let digits):
            try consumeSize(byte, digits: digits)
        case .spaceAfterSize:
            try countExtension()
            guard !ASCII.isWhitespace(byte) else { return }
            try require(byte, ASCII.semicolon)
            state = .chunkExtension
        case .chunkExtension:
            try countExtension()
            try requireText(byte)
            if byte == ASCII.cr { state = .sizeLineEnd }
        case .sizeLineEnd:
            try require(byte, ASCII.lf)
            state = remaining == 0 ? .trailerStart : .data
        case .dataReturn:
            try require(byte, ASCII.cr)
            state = .dataLineEnd
        case .dataLineEnd:
            try require(byte, ASCII.lf)
            state = .size(digits: 0)
        case .trailerStart, .trailerName, .trailerValue:
            try countTrailer()
            try consumeTrailer(byte)
        case .trailerLineEnd:
            try countTrailer()
            try require(byte, ASCII.lf)
            state = .trailerStart
        case .finalLineEnd:
            try countTrailer()
            try require(byte, ASCII.lf)
            state = .complete
        case .data, .complete:
            preconditionFailure("data is copied, and nothing follows the end")
        }
    }

    private mutating func consumeSize(_ byte: UInt8, digits: Int) throws(HTTPError) {
        if let digit = ASCII.hexValue(byte) {
            // Fifteen digits can't overflow; no honest size has more, leading zeros included.
            guard digits < 15 else { throw Self.malformed }
            remaining = remaining << 4 | Int(digit)
            state = .size(digits: digits + 1)
            return
        }
        guard digits > 0 else { throw Self.malformed }
        guard remaining <= bodyLimit - decoded else { throw .contentTooLarge(limit: bodyLimit) }
        decoded += remaining
        switch byte {
        case ASCII.cr: state = .sizeLineEnd
        case ASCII.semicolon: state = .chunkExtension
        // White space is bad style, and allowed only before an extension (RFC 9112 §7.1.1).
        case ASCII.space, ASCII.tab: state = .spaceAfterSize
        default: throw Self.malformed
        }
    }

    private mutating func consumeTrailer(_ byte: UInt8) throws(HTTPError) {
        switch state {
        case .trailerStart where byte == ASCII.cr:
            state = .finalLineEnd
        case .trailerName where byte == ASCII.colon:
            state = .trailerValue
        case .trailerValue:
            try requireText(byte)
            if byte == ASCII.cr { state = .trailerLineEnd }
        default:
            guard ASCII.isToken(byte) else { throw Self.malformed }
            state = .trailerName
        }
    }

    private mutating func countExtension() throws(HTTPError) {
        extensionBytes += 1
        guard extensionBytes <= Self.extensionLimit else { throw Self.tooLarge }
    }

    private mutating func countTrailer() throws(HTTPError) {
        trailerBytes += 1
        guard trailerBytes <= trailerLimit else { throw Self.tooLarge }
    }

    /// Admits what an extension or a trailer's value may hold, and the CR that ends it.
    private func requireText(_ byte: UInt8) throws(HTTPError) {
        guard ASCII.isFieldValue(byte) || byte == ASCII.cr else { throw Self.malformed }
    }

    private func require(_ byte: UInt8, _ expected: UInt8) throws(HTTPError) {
        guard byte == expected else { throw Self.malformed }
    }

    private static let tooLarge = HTTPError(
        .requestHeaderFieldsTooLarge,
        "The chunk extensions or trailer fields are too long."
    )

    private static let malformed = HTTPError(.badRequest, "The chunked body is malformed.")
}
