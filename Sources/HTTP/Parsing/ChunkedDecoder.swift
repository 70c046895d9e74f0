/// Decodes the chunked transfer coding (RFC 9112 §7.1) from bytes in pieces of any size.
///
/// Chunk extensions and trailer fields are checked for their form and dropped.
struct ChunkedDecoder {
    private enum State {
        case size(digits: Int)
        case chunkExtension
        case sizeLineEnd
        case data
        case dataReturn
        case dataLineEnd
        case trailerStart
        case trailer
        case trailerLineEnd
        case finalLineEnd
        case complete
    }

    private let bodyLimit: Int
    private let trailerLimit: Int
    private var state = State.size(digits: 0)
    private var remaining = 0
    private var decoded = 0
    private var overhead = 0

    /// The bytes of extensions allowed in all, so that they can't outweigh the body.
    private static let extensionLimit = 1024

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
        case .chunkExtension:
            try count(byte, limit: Self.extensionLimit)
            if byte == ASCII.cr { state = .sizeLineEnd }
        case .sizeLineEnd:
            try require(byte, ASCII.lf)
            if remaining == 0 {
                overhead = 0
                state = .trailerStart
            } else {
                state = .data
            }
        case .dataReturn:
            try require(byte, ASCII.cr)
            state = .dataLineEnd
        case .dataLineEnd:
            try require(byte, ASCII.lf)
            state = .size(digits: 0)
        case .trailerStart:
            try count(byte, limit: trailerLimit)
            state = byte == ASCII.cr ? .finalLineEnd : .trailer
        case .trailer:
            try count(byte, limit: trailerLimit)
            if byte == ASCII.cr { state = .trailerLineEnd }
        case .trailerLineEnd:
            try require(byte, ASCII.lf)
            state = .trailerStart
        case .finalLineEnd:
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
        default: throw Self.malformed
        }
    }

    /// Admits one byte of an extension or trailer.
    private mutating func count(_ byte: UInt8, limit: Int) throws(HTTPError) {
        overhead += 1
        guard overhead <= limit else {
            throw HTTPError(
                .requestHeaderFieldsTooLarge,
                "The chunk extensions or trailer fields are too long."
            )
        }
        guard ASCII.isFieldValue(byte) || byte == ASCII.cr else { throw Self.malformed }
    }

    private func require(_ byte: UInt8, _ expected: UInt8) throws(HTTPError) {
        guard byte == expected else { throw Self.malformed }
    }

    private static let malformed = HTTPError(.badRequest, "The chunked body is malformed.")
}
