/// Where a request's body ends (RFC 9112 §6): whatever two readers could see differently is
/// refused.
enum FramingCases {
    static let all: [ConformanceCase] = understood + lengths + codings + combinations

    private static let next = String.get("/echo/next")
    private static let nextAnswer = ExpectedAnswer(200, ["X-Part": "next"])

    private static let understood: [ConformanceCase] = [
        ConformanceCase(
            "9112 §6.2",
            "a sized body, and a request after it",
            .post("Content-Length: 5", content: "hello") + next,
            ExpectedAnswer(200, body: "hello"),
            nextAnswer
        ),
        ConformanceCase(
            "9112 §6.2",
            "an empty sized body",
            .post("Content-Length: 0") + next,
            ExpectedAnswer(200, body: ""),
            nextAnswer
        ),
        ConformanceCase(
            "9110 §8.6",
            "leading zeros in a length",
            .post("Content-Length: 0000000000000000000000005", content: "hello") + next,
            ExpectedAnswer(200, body: "hello"),
            nextAnswer
        ),
        ConformanceCase(
            "9112 §6.3",
            "neither length nor coding means no body",
            .post() + next,
            ExpectedAnswer(200, body: ""),
            nextAnswer
        ),
        ConformanceCase(
            "9112 §6.3",
            "a body that looks like a request stays a body",
            .post("Content-Length: \(next.utf8.count)", content: next) + next,
            ExpectedAnswer(200, body: .text(next)),
            nextAnswer
        ),
        ConformanceCase(
            "9110 §9.3.1",
            "GET may have a body, which is no request",
            .get("/echo", "Content-Length: \(next.utf8.count)") + next + next,
            ExpectedAnswer(200, body: .text(next)),
            nextAnswer
        ),
        ConformanceCase(
            "9112 §6.1",
            "chunked is chunked in any letters",
            .post("Transfer-Encoding: \t ChUnKeD", content: "2\r\nab\r\n0\r\n\r\n") + next,
            ExpectedAnswer(200, body: "ab"),
            nextAnswer
        ),
        ConformanceCase(
            "9112 §6.2",
            "a sized body in HTTP/1.0",
            .message("POST /echo HTTP/1.0", "Content-Length: 2", content: "ab"),
            ExpectedAnswer(200, body: "ab"),
            then: .closed
        ),
    ]

    private static let lengths: [ConformanceCase] =
        [
            ("a sign", "+5"), ("a negative length", "-5"), ("no number", ""), ("letters", "five"),
            ("a hexadecimal length", "0x5"), ("a decimal point", "5.0"), ("a space within", "1 2"),
            ("a list of equal lengths", "5, 5"), ("a list of lengths", "5,6"), ("quotes", "\"5\""),
            ("a comma", "5,"), ("digits beyond ASCII", "\u{D9}\u{A5}"),
        ].map { name, value in
            .refused(
                400,
                "9112 §6.3",
                "Content-Length: \(name)",
                .post("Content-Length: \(value)", content: "hello")
            )
        } + [
            .refused(
                400,
                "9112 §6.3",
                "two lengths that differ",
                .post("Content-Length: 5", "Content-Length: 6", content: "hello!")
            ),
            .refused(
                400,
                "9110 §8.6",
                "two lengths that agree",
                .post("Content-Length: 5", "content-length: 5", content: "hello")
            ),
            .refused(
                400,
                "9112 §6.3",
                "two lengths, in HTTP/1.0",
                .message("POST / HTTP/1.0", "Content-Length: 0", "Content-Length: 5")
            ),
            .refused(
                400,
                "9112 §6.3",
                "a malformed length of a GET",
                .get("/", "Content-Length: a")
            ),
        ]

    private static let codings: [ConformanceCase] =
        [
            (400, "chunked not last", "chunked, gzip"), (400, "chunked twice", "chunked, chunked"),
            (400, "no chunked at all", "gzip"), (400, "identity", "identity"),
            (400, "no coding", ""), (400, "an empty coding before", ", chunked"),
            (400, "an empty coding after", "chunked,"), (400, "a parameter", "chunked;a=b"),
            (400, "more than chunked", "chunkedx"), (400, "less than chunked", "chunke"),
            (400, "quotes", "\"chunked\""), (400, "VT before chunked", "\u{B}chunked"),
            (400, "NBSP before chunked", "\u{A0}chunked"), (400, "two words", "x chunked"),
            (501, "an unknown coding before chunked", "gzip, chunked"),
            (501, "identity before chunked", "identity, chunked"),
        ].map { status, name, value in
            .refused(
                status,
                "9112 §6.1",
                "Transfer-Encoding: \(name)",
                .post("Transfer-Encoding: \(value)", content: "0\r\n\r\n")
            )
        }

    private static let combinations: [ConformanceCase] = [
        .refused(
            400,
            "9112 §6.1",
            "a length before a coding",
            .post("Content-Length: 5", "Transfer-Encoding: chunked", content: "0\r\n\r\n")
        ),
        .refused(
            400,
            "9112 §6.1",
            "a coding before a length",
            .post("Transfer-Encoding: chunked", "Content-Length: 0", content: "0\r\n\r\n")
        ),
        .refused(
            400,
            "9112 §6.1",
            "a length beside an unknown coding",
            .post("Transfer-Encoding: x", "Content-Length: 5", content: "hello")
        ),
        .refused(
            400,
            "9112 §6.1",
            "a coding over two lines, chunked twice",
            .post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", content: "0\r\n\r\n")
        ),
        .refused(
            400,
            "9112 §6.1",
            "a coding over two lines, chunked first",
            .post("Transfer-Encoding: chunked", "Transfer-Encoding: identity", content: "0\r\n\r\n")
        ),
        .refused(
            400,
            "9112 §6.1",
            "a coding in HTTP/1.0",
            .message("POST / HTTP/1.0", "Transfer-Encoding: chunked", content: "0\r\n\r\n")
        ),
        .refused(
            400,
            "9112 §6.1",
            "a coding and a length in HTTP/1.0",
            .message("POST / HTTP/1.0", "Content-Length: 2", "Transfer-Encoding: chunked")
        ),
        .refused(
            400,
            "9112 §5.1",
            "a coding hidden by a space before its colon",
            .post("Transfer-Encoding : chunked", "Content-Length: 5", content: "hello")
        ),
        .refused(
            400,
            "9112 §5.2",
            "a coding folded",
            .post("Transfer-Encoding:\r\n chunked", content: "0\r\n\r\n")
        ),
    ]
}
