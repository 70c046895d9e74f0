/// How requests begin (RFC 9112 §2 and §3).
enum RequestLineCases {
    static let all: [ConformanceCase] = understood + refused + otherMethods + otherVersions

    private static let host = "Host: a\r\n\r\n"

    private static let understood: [ConformanceCase] = [
        ConformanceCase(
            "9112 §3",
            "method, target and version with one space between",
            "GET /echo HTTP/1.1\r\n" + host,
            ExpectedAnswer(200, ["X-Method": "GET", "X-Path": "/echo"])
        ),
        ConformanceCase(
            "9112 §2.2",
            "an empty line before the request line is passed over",
            "\r\nGET /echo HTTP/1.1\r\n" + host,
            ExpectedAnswer(200)
        ),
        ConformanceCase(
            "9112 §2.2",
            "an empty line too many after a body is passed over",
            .post("Content-Length: 2", content: "ab\r\n") + .get("/echo"),
            ExpectedAnswer(200, body: "ab"),
            ExpectedAnswer(200, body: "")
        ),
        ConformanceCase(
            "9110 §2.5",
            "a later minor version is understood as 1.1",
            "GET /echo HTTP/1.9\r\n" + host,
            ExpectedAnswer(200)
        ),
    ]

    private static let refused: [ConformanceCase] = [
        .refused(400, "9112 §2.2", "LF alone ends every line", "GET / HTTP/1.1\nHost: a\n\n"),
        .refused(400, "9112 §2.2", "LF alone ends the line", "GET / HTTP/1.1\n" + host),
        .refused(400, "9112 §2.2", "LF alone before the line", "\nGET / HTTP/1.1\r\n" + host),
        .refused(400, "9112 §2.2", "CR alone ends the line", "GET / HTTP/1.1\r" + host),
        .refused(400, "9112 §2.2", "two CRs end the line", "GET / HTTP/1.1\r\r\n" + host),
        .refused(400, "9112 §2.2", "CR in the target", "GET /a\rb HTTP/1.1\r\n" + host),
        .refused(400, "9112 §2.2", "two empty lines before", "\r\n\r\nGET / HTTP/1.1\r\n" + host),
        .refused(400, "9112 §2.2", "what is no HTTP at all", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\n"),
        .refused(400, "9112 §2.2", "a space before the first field", "GET / HTTP/1.1\r\n " + host),
        .refused(400, "9112 §3", "no version", "GET /\r\n\r\n"),
        .refused(400, "9112 §3", "a method alone", "GET\r\n\r\n"),
        .refused(400, "9112 §3", "a space before the method", " GET / HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3", "two spaces after the method", "GET  / HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3", "two spaces after the target", "GET /  HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3", "a space at the end", "GET / HTTP/1.1 \r\n" + host),
        .refused(400, "9112 §3", "a space in the target", "GET /a b HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3", "an empty target", "GET  HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3", "tabs between the parts", "GET\t/\tHTTP/1.1\r\n" + host),
        .refused(400, "9112 §3", "a form feed between parts", "GET /\u{C}HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3.2", "NUL in the target", "GET /\0 HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3.2", "DEL in the target", "GET /\u{7F} HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3.2", "ISO 8859-1 in the target", "GET /\u{E9} HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3.1", "a parenthesis in the method", "G(T / HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3.1", "quotes around the method", "\"GET\" / HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3.1", "NUL in the method", "GE\0T / HTTP/1.1\r\n" + host),
        .refused(400, "9112 §3.1", "a method beyond ASCII", "G\u{C9}T / HTTP/1.1\r\n" + host),
        .refused(400, "9112 §2.3", "the version's name in small", "GET / http/1.1\r\n" + host),
        .refused(400, "9112 §2.3", "a minor version of two digits", "GET / HTTP/1.10\r\n" + host),
        .refused(400, "9112 §2.3", "a major version of two digits", "GET / HTTP/01.1\r\n" + host),
        .refused(400, "9112 §2.3", "no minor version", "GET / HTTP/1\r\n" + host),
        .refused(400, "9112 §2.3", "a version with a comma", "GET / HTTP/1,1\r\n" + host),
        .refused(400, "9112 §2.3", "a version of letters", "GET / HTTP/x.y\r\n" + host),
        .refused(400, "9112 §2.3", "a version beyond ASCII", "GET / HTTP/\u{E9}.1\r\n" + host),
        .refused(400, "9112 §2.3", "another protocol", "GET / RTSP/1.0\r\n" + host),
    ]

    private static let otherMethods: [ConformanceCase] = [
        .refused(501, "9110 §9.1", "an unknown method", "BREW / HTTP/1.1\r\n" + host),
        .refused(501, "9110 §9.1", "a method in small letters", "get / HTTP/1.1\r\n" + host),
        .refused(501, "9110 §9.1", "a known method and more", "GETS / HTTP/1.1\r\n" + host),
        .refused(
            501,
            "9112 §3",
            "a method longer than any",
            "VERSION-CONTROL-X / HTTP/1.1\r\n\r\n"
        ),
        .refused(501, "9110 §9.3.6", "CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"),
        .refused(501, "9110 §9.3.8", "TRACE", "TRACE / HTTP/1.1\r\n" + host),
    ]

    private static let otherVersions: [ConformanceCase] = [
        .refused(505, "9110 §15.6.6", "HTTP/2.0", "GET / HTTP/2.0\r\n" + host),
        .refused(505, "9110 §15.6.6", "HTTP/0.9", "GET / HTTP/0.9\r\n" + host),
        .refused(505, "9110 §15.6.6", "HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ]
}
