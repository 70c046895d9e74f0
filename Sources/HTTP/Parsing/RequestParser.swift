/// Reads request heads (RFC 9112 §2–§5) from bytes in pieces of any size.
///
/// Strict: what two implementations could understand differently is refused. A line is looked at
/// once complete, and the search for its end never starts over, so the work is linear in the
/// input however it is cut.
struct RequestParser {
    private let limits: ParserLimits
    private var line: RequestLine?
    private var headers = HeaderFields()
    private var headerBytes = 0
    private var blankLines = 0

    /// How many bytes of the unfinished line are known to hold no LF.
    private var scanned = 0

    init(limits: ParserLimits) {
        self.limits = limits
    }

    /// The method of the head under way, once its request line is understood.
    var method: Method? { line?.method }

    /// Whether part of a head has been consumed.
    var isUnderWay: Bool { line != nil || blankLines > 0 }

    /// Reads on in `input`, which begins with what earlier calls left unconsumed.
    ///
    /// Advances `position` beyond the lines consumed. Nil means that more bytes are needed. After
    /// an error the connection's framing is lost: it must be closed.
    mutating func parse(
        _ input: Span<UInt8>,
        position: inout Int
    ) throws(HTTPError) -> RequestHead? {
        while let end = input.firstIndex(of: ASCII.lf, from: position + scanned) {
            let length = end + 1 - position
            try checkLength(length)
            guard length >= 2, input[end - 1] == ASCII.cr else {
                throw HTTPError(.badRequest, "Lines must end with CR LF.")
            }
            let content = input.extracting(position..<end - 1)
            position = end + 1
            scanned = 0
            if let head = try consume(content) { return head }
        }
        scanned = input.count - position
        try checkLength(scanned)
        return nil
    }

    /// Takes one line; answers the head once the empty line after it has come.
    private mutating func consume(_ content: Span<UInt8>) throws(HTTPError) -> RequestHead? {
        guard let line else {
            if content.isEmpty {
                // A stray line ending after the last request is forgiven once (RFC 9112 §2.2).
                guard blankLines == 0 else {
                    throw HTTPError(.badRequest, "The request line is missing.")
                }
                blankLines += 1
            } else {
                line = try RequestLine(content)
            }
            return nil
        }
        guard content.isEmpty else {
            headerBytes += content.count + 2
            try addField(content)
            return nil
        }
        let head = try RequestHead(line: line, headers: headers, limits: limits)
        self = RequestParser(limits: limits)
        return head
    }

    private mutating func addField(_ content: Span<UInt8>) throws(HTTPError) {
        guard headers.count < limits.headerCount else { throw Self.headersTooLarge }
        guard !ASCII.isWhitespace(content[0]) else {
            throw HTTPError(.badRequest, "Folded header lines are not accepted.")
        }
        guard
            let colon = content.firstIndex(of: ASCII.colon, from: 0), colon > 0,
            content.extracting(0..<colon).allSatisfy(ASCII.isToken)
        else { throw HTTPError(.badRequest, "A header field's name is malformed.") }
        let value = content.trimmedRange(from: colon + 1)
        guard content.extracting(value).allSatisfy(ASCII.isFieldValue) else {
            throw HTTPError(.badRequest, "A header field's value holds a control character.")
        }
        headers.appendParsed(content, nameLength: colon, value: value)
    }

    /// Judges a line, complete or not, by its length so far.
    private func checkLength(_ length: Int) throws(HTTPError) {
        if line == nil {
            guard length <= limits.requestLine else {
                throw HTTPError(.uriTooLong, "The request line is too long.")
            }
        } else {
            guard headerBytes + length <= limits.headerBytes else { throw Self.headersTooLarge }
        }
    }

    private static let headersTooLarge = HTTPError(
        .requestHeaderFieldsTooLarge,
        "The header fields are too many or too long."
    )
}
