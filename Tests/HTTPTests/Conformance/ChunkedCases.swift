/// The chunked transfer coding of requests (RFC 9112 §7.1).
enum ChunkedCases {
    static let all: [ConformanceCase] =
        decoded.map { section, name, content, body in
            ConformanceCase(
                section,
                name,
                request(content) + .get("/echo/next"),
                ExpectedAnswer(200, body: .text(body)),
                ExpectedAnswer(200, ["X-Part": "next"])
            )
        }
        + malformed.map { section, name, content in
            .refused(400, section, name, request(content))
        } + tooLarge

    private static func request(_ content: String) -> String {
        .post("Transfer-Encoding: chunked", content: content)
    }

    private static let decoded = [
        ("9112 §7.1", "no chunk but the last", "0\r\n\r\n", ""),
        ("9112 §7.1", "one chunk", "5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("9112 §7.1", "two chunks", "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", "hello!"),
        ("9112 §7.1", "a size in letters", "a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("9112 §7.1", "a size in capitals", "A\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("9112 §7.1", "leading zeros", "0005\r\nhello\r\n000\r\n\r\n", "hello"),
        ("9112 §7.1", "a chunk of line endings", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n"),
        ("9112 §7.1", "a chunk of controls", "2\r\n\0\u{FF}\r\n0\r\n\r\n", "\0\u{FF}"),
        ("9112 §7.1", "a last chunk within one", "5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n"),
        ("9112 §7.1.1", "extensions", "2;a;b=c\r\nhi\r\n0;d\r\n\r\n", "hi"),
        ("9112 §7.1.1", "a quoted extension", "2;a=\"b;c\"\r\nhi\r\n0\r\n\r\n", "hi"),
        ("9112 §7.1.1", "bad white space in extensions", "2 \t; a = b\r\nhi\r\n0\r\n\r\n", "hi"),
        ("9112 §7.1.2", "trailers", "2\r\nhi\r\n0\r\nA: b\r\nC:\r\n\r\n", "hi"),
        ("9110 §6.5.1", "a length as trailer", "2\r\nhi\r\n0\r\nContent-Length: 9\r\n\r\n", "hi"),
        ("9110 §6.5.1", "a coding as trailer", "0\r\nTransfer-Encoding: chunked\r\n\r\n", ""),
        ("9110 §6.5.1", "a host as trailer", "0\r\nHost: b\r\nHost: c\r\n\r\n", ""),
    ]

    private static let malformed = [
        ("9112 §7.1", "no size", "\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "a size that is no number", "g\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "a negative size", "-5\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "a sign", "+5\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "a prefix", "0x5\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "an underscore", "1_0\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "a space before the size", " 5\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "a space after the size", "5 \r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "a space within the size", "1 0\r\n0123456789abcdef\r\n0\r\n\r\n"),
        ("9112 §7.1", "a comma after the size", "5,\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "NUL after the size", "5\0\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "LF alone after the size", "5\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "CR alone after the size", "5\rhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "data longer than its size", "5\r\nhello!\r\n0\r\n\r\n"),
        ("9112 §7.1", "data shorter than its size", "5\r\nhell\r\n0\r\n\r\n"),
        ("9112 §7.1", "no line ending after data", "5\r\nhello0\r\n\r\n"),
        ("9112 §7.1", "LF alone after data", "5\r\nhello\n0\r\n\r\n"),
        ("9112 §7.1", "another line ending after data", "5\r\nhello\r\n\r\n0\r\n\r\n"),
        ("9112 §7.1", "a size of sixteen digits", "ffffffffffffffff\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "a size that overflows to five", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1", "zeros without end", "0000000000000000000000005\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1.1", "NUL in an extension", "5;a=\0\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1.1", "CR alone in an extension", "5;a\rb\r\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1.1", "LF alone ends an extension", "5;a\nhello\r\n0\r\n\r\n"),
        ("9112 §7.1.2", "LF alone ends the trailers", "0\r\nA: b\r\n\n"),
        ("9112 §7.1.2", "LF alone ends a trailer", "0\r\nA: b\n\r\n"),
        ("9112 §7.1.2", "CR alone in a trailer", "0\r\nA: b\rc\r\n\r\n"),
        ("9112 §7.1.2", "NUL in a trailer", "0\r\nA: \0\r\n\r\n"),
        ("9112 §7.1.2", "a trailer without a colon", "0\r\nA\r\n\r\n"),
        ("9112 §7.1.2", "a request in the trailers' place", "0\r\nGET / HTTP/1.1\r\n\r\n"),
        ("9112 §7.1.2", "a trailer without a name", "0\r\n: a\r\n\r\n"),
        ("9112 §7.1.2", "a space before a trailer's colon", "0\r\nA : b\r\n\r\n"),
        ("9112 §7.1.2", "a folded trailer", "0\r\nA: b\r\n c\r\n\r\n"),
    ]

    private static let tooLarge: [ConformanceCase] = [
        .refused(
            413,
            "9110 §15.5.14",
            "a chunk beyond the limit of a body",
            request("fffffffffffffff\r\n")
        ),
        .refused(
            413,
            "9110 §15.5.14",
            "chunks that add up beyond the limit of a body",
            request("8\r\n12345678\r\n8\r\n12345678\r\n1\r\n!\r\n0\r\n\r\n"),
            limits: .small
        ),
        ConformanceCase(
            "9110 §15.5.14",
            "chunks that add up to the limit of a body",
            request("8\r\n12345678\r\n8\r\n12345678\r\n0\r\n\r\n"),
            ExpectedAnswer(200, body: "1234567812345678"),
            limits: .small
        ),
        .refused(
            431,
            "9112 §7.1.1",
            "an extension without end",
            request("1;" + String(repeating: "a", count: 20_000)),
            arrivals: [.atOnce]
        ),
        .refused(
            431,
            "9112 §7.1.1",
            "extensions that add up",
            request(
                String(repeating: "1;\(String(repeating: "a", count: 500))\r\nx\r\n", count: 40)
            ),
            arrivals: [.atOnce]
        ),
        .refused(
            431,
            "6585 §5",
            "trailers without end",
            request("0\r\n" + String(repeating: "A: b\r\n", count: 5500)),
            arrivals: [.atOnce]
        ),
    ]
}
