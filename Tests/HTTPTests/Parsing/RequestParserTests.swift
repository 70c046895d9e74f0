import Testing

@testable import HTTP

@Suite("Request parser")
struct RequestParserTests {
    /// What a head comes to, in a form that is easy to write down.
    struct Accepted: CustomTestStringConvertible {
        let section: String
        let input: String
        var method = Method.get
        var path = "/"
        var version = HTTPVersion.http11
        var framing = BodyFraming.none
        var keepsAlive = true
        var expectsContinue = false
        var testDescription: String { "\(section): \(input.debugDescription)" }
    }

    struct Refused: CustomTestStringConvertible {
        let section: String
        let input: String
        let status: Int
        var testDescription: String { "\(section): \(input.prefix(80).debugDescription)" }
    }

    static let accepted = [
        Accepted(section: "RFC 9112 §3", input: "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Accepted(
            section: "RFC 9112 §2.2, a stray line ending before",
            input: "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
        ),
        Accepted(
            section: "RFC 9112 §2.3, a later minor version",
            input: "GET / HTTP/1.7\r\nHost: a\r\n\r\n"
        ),
        Accepted(
            section: "RFC 9112 §9.3, 1.0 doesn't persist",
            input: "GET /x HTTP/1.0\r\n\r\n",
            path: "/x",
            version: .http10,
            keepsAlive: false
        ),
        Accepted(
            section: "RFC 9112 §9.3, 1.0 asks to persist",
            input: "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
            version: .http10
        ),
        Accepted(
            section: "RFC 9112 §9.6",
            input: "GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n",
            keepsAlive: false
        ),
        Accepted(
            section: "RFC 9110 §5.5, tabs and spaces around a value",
            input: "GET / HTTP/1.1\r\nHost:\t a \t\r\n\r\n"
        ),
        Accepted(
            section: "RFC 9110 §5.5, an empty value",
            input: "GET / HTTP/1.1\r\nHost: a\r\nX-Empty:\r\n\r\n"
        ),
        Accepted(
            section: "RFC 9110 §5.5, bytes beyond ASCII in a value",
            input: "GET / HTTP/1.1\r\nHost: a\r\nX-Name: Zoë\r\n\r\n"
        ),
        Accepted(
            section: "RFC 9112 §3.2.1, decoded once",
            input: "GET /a%20b%2541?x=1 HTTP/1.1\r\nHost: a\r\n\r\n",
            path: "/a b%41"
        ),
        Accepted(
            section: "RFC 9112 §3.2.2, absolute form",
            input: "GET http://example.org:80/p?q HTTP/1.1\r\nHost: other\r\n\r\n",
            path: "/p"
        ),
        Accepted(
            section: "RFC 9112 §3.2.2, absolute form without a path",
            input: "GET http://example.org HTTP/1.1\r\nHost: example.org\r\n\r\n"
        ),
        Accepted(
            section: "RFC 9112 §3.2.4, asterisk form",
            input: "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            method: .options,
            path: "*"
        ),
        Accepted(
            section: "RFC 9110 §7.2, an IPv6 host",
            input: "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"
        ),
        Accepted(
            section: "RFC 9112 §6.2",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n",
            method: .post,
            framing: .sized(5)
        ),
        Accepted(
            section: "RFC 9112 §6.2, an empty body",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            method: .post
        ),
        Accepted(
            section: "RFC 9112 §7.1",
            input: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n",
            method: .post,
            framing: .chunked
        ),
        Accepted(
            section: "RFC 9110 §10.1.1",
            input: "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n\r\n",
            method: .put,
            framing: .sized(5),
            expectsContinue: true
        ),
        Accepted(
            section: "RFC 9110 §10.1.1, nothing to continue with",
            input: "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"
        ),
    ]

    static let refused = [
        Refused(
            section: "RFC 9112 §2.2, LF alone",
            input: "GET / HTTP/1.1\nHost: a\n\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §2.2, LF alone after a field",
            input: "GET / HTTP/1.1\r\nHost: a\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §2.2, CR alone in a field",
            input: "GET / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n",
            status: 400
        ),
        Refused(section: "RFC 9112 §2.2, two line endings", input: "\r\n\r\n", status: 400),
        Refused(
            section: "RFC 9112 §2.2, white space before the first field",
            input: "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
            status: 400
        ),
        Refused(section: "RFC 9112 §3, no version", input: "GET /\r\n\r\n", status: 400),
        Refused(section: "RFC 9112 §3, two spaces", input: "GET  / HTTP/1.1\r\n\r\n", status: 400),
        Refused(
            section: "RFC 9112 §3, a space in the target",
            input: "GET /a b HTTP/1.1\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3, a space at the end",
            input: "GET / HTTP/1.1 \r\n\r\n",
            status: 400
        ),
        Refused(section: "RFC 9112 §3, a tab", input: "GET\t/\tHTTP/1.1\r\n\r\n", status: 400),
        Refused(section: "RFC 9110 §9.1", input: "G(T / HTTP/1.1\r\n\r\n", status: 400),
        Refused(section: "RFC 9110 §9.1, unknown", input: "BREW / HTTP/1.1\r\n\r\n", status: 501),
        Refused(section: "RFC 9110 §9.1, case", input: "get / HTTP/1.1\r\n\r\n", status: 501),
        Refused(
            section: "RFC 9110 §9.3.6",
            input: "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 501
        ),
        Refused(section: "RFC 9110 §15.6.6", input: "GET / HTTP/2.0\r\n\r\n", status: 505),
        Refused(section: "RFC 9110 §15.6.6, 0.9", input: "GET / HTTP/0.9\r\n\r\n", status: 505),
        Refused(section: "RFC 9112 §2.3", input: "GET / HTTP/1.10\r\n\r\n", status: 400),
        Refused(section: "RFC 9112 §2.3, case", input: "GET / http/1.1\r\n\r\n", status: 400),
        Refused(section: "RFC 9112 §2.3, not ASCII", input: "GET / HTTP/é\r\n\r\n", status: 400),
        Refused(section: "RFC 9112 §3.2", input: "GET x HTTP/1.1\r\nHost: a\r\n\r\n", status: 400),
        Refused(
            section: "RFC 9112 §3.2, a fragment",
            input: "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3.2.2, another scheme",
            input: "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3.2.2, user information",
            input: "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3.2.4, for OPTIONS only",
            input: "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 3986 §2.1, half an escape",
            input: "GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 3986 §2.1, not hexadecimal",
            input: "GET /?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "NUL in a path",
            input: "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3.2, Host missing",
            input: "GET / HTTP/1.1\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3.2, Host twice",
            input: "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3.2, Host malformed",
            input: "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3.2, Host with a port out of range",
            input: "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §3.2, Host empty",
            input: "GET / HTTP/1.1\r\nHost:\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §5.1, space before the colon",
            input: "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §5.1, no colon",
            input: "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §5.1, no name",
            input: "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §5.2, folded",
            input: "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9110 §5.5, NUL",
            input: "GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.1, with Content-Length",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.1, in HTTP/1.0",
            input: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.1, chunked not last",
            input: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.1, chunked twice",
            input: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.1, an unknown coding",
            input: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            status: 501
        ),
        Refused(
            section: "RFC 9112 §6.1, chunked disguised",
            input: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u{0B}chunked\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.3, lengths differ",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.3, a list of lengths",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.3, a sign",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9112 §6.3, no number",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
            status: 400
        ),
        Refused(
            section: "RFC 9110 §15.5.14",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n",
            status: 413
        ),
        Refused(
            section: "RFC 9112 §6.3, a length that overflows",
            input: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
            status: 413
        ),
        Refused(
            section: "RFC 9110 §15.5.18",
            input: "PUT / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n",
            status: 417
        ),
    ]

    @Test("Understands a well-formed head, whole and split at every byte", arguments: accepted)
    func accepts(_ expected: Accepted) throws {
        for pieces in splits(of: expected.input) {
            let head = try #require(try parse(pieces))
            #expect(head.method == expected.method)
            #expect(head.target.path == expected.path)
            #expect(head.version == expected.version)
            #expect(head.framing == expected.framing)
            #expect(head.keepsAlive == expected.keepsAlive)
            #expect(head.expectsContinue == expected.expectsContinue)
        }
    }

    @Test("Refuses what could be understood in two ways, however split", arguments: refused)
    func refuses(_ expected: Refused) {
        for pieces in splits(of: expected.input) {
            #expect(status { try parse(pieces) } == expected.status)
        }
    }

    @Test("A request line beyond the limit is 414 before its end arrives")
    func longRequestLine() {
        var limits = ParserLimits()
        limits.requestLine = 64
        let line = "GET /" + String(repeating: "a", count: 64)
        #expect(status { try parse(line, limits: limits) } == 414)
    }

    @Test("Fields beyond the limit are 431, by length and by number")
    func largeHeaders() {
        var limits = ParserLimits()
        limits.headerBytes = 64
        let start = "GET / HTTP/1.1\r\nHost: a\r\n"
        let long = start + "X: " + String(repeating: "a", count: 64)
        #expect(status { try parse(long, limits: limits) } == 431)

        limits = ParserLimits()
        limits.headerCount = 3
        #expect(status { try parse(start + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n", limits: limits) } == 431)
        #expect(status { try parse(start + "A: 1\r\nB: 2\r\n\r\n", limits: limits) } == nil)
    }

    @Test("The authority of an absolute target replaces Host (RFC 9112 §3.2.2)")
    func authorityWins() throws {
        let head = try parse("GET http://b:81/ HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(head?.headers.values(of: "Host") == ["b:81"])
    }

    @Test("Reads pipelined heads one after another and leaves the rest alone")
    func pipelined() throws {
        let one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        let bytes = Array((one + "GET /2 HTTP/1.1\r\nHost: a\r\n\r\nrest").utf8)
        var parser = RequestParser(limits: ParserLimits())
        var position = 0
        #expect(try parser.parse(bytes.span, position: &position)?.target.path == "/1")
        #expect(position == one.utf8.count)
        #expect(try parser.parse(bytes.span, position: &position)?.target.path == "/2")
        #expect(bytes.count - position == 4)
    }

    private func splits(of text: String) -> [[[UInt8]]] {
        let bytes = Array(text.utf8)
        let halves = (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
        return [[bytes], bytes.map { [$0] }] + halves
    }

    private func parse(
        _ text: String,
        limits: ParserLimits = ParserLimits()
    ) throws(HTTPError) -> RequestHead? {
        try parse([Array(text.utf8)], limits: limits)
    }

    /// Feeds pieces as a connection would: what is not consumed comes again with more after it.
    private func parse(
        _ pieces: [[UInt8]],
        limits: ParserLimits = ParserLimits()
    ) throws(HTTPError) -> RequestHead? {
        var parser = RequestParser(limits: limits)
        var input: [UInt8] = []
        for piece in pieces {
            input += piece
            let bytes = input
            var position = 0
            if let head = try parser.parse(bytes.span, position: &position) { return head }
            input.removeFirst(position)
        }
        return nil
    }
}
