/// Where a response ends, by its status, the method and the version (RFC 9112 §6.3).
enum ResponseFramingCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "9112 §6.2",
            "a body of known length",
            .post("Content-Length: 2", content: "ab"),
            ExpectedAnswer(200, ["Content-Length": "2", "Transfer-Encoding": .absent], body: "ab")
        ),
        ConformanceCase(
            "9112 §6.3",
            "an empty body has a length all the same",
            .get("/empty"),
            ExpectedAnswer(200, ["Content-Length": "0"], body: "")
        ),
        ConformanceCase(
            "9112 §7.1",
            "a stream without a length is chunked",
            .get("/stream"),
            ExpectedAnswer(
                200,
                ["Transfer-Encoding": "chunked", "Content-Length": .absent],
                body: "one two"
            )
        ),
        ConformanceCase(
            "9112 §6.2",
            "a stream with a length isn't chunked",
            .get("/sized-stream"),
            ExpectedAnswer(
                200,
                ["Content-Length": "7", "Transfer-Encoding": .absent],
                body: "one two"
            )
        ),
        ConformanceCase(
            "9112 §6.1",
            "to HTTP/1.0 a stream ends with the connection",
            .message("GET /stream HTTP/1.0"),
            ExpectedAnswer(
                200,
                ["Transfer-Encoding": .absent, "Content-Length": .absent],
                body: "one two"
            ),
            then: .closed
        ),
        ConformanceCase(
            "9112 §6.2",
            "to HTTP/1.0 a stream with a length keeps it",
            .message("GET /sized-stream HTTP/1.0", "Connection: keep-alive"),
            ExpectedAnswer(200, ["Content-Length": "7"], body: "one two")
        ),
        ConformanceCase(
            "9110 §15.3.5",
            "204 has no content and no length",
            .get("/no-content"),
            ExpectedAnswer(204, ["Content-Length": .absent, "Transfer-Encoding": .absent])
        ),
        ConformanceCase(
            "9110 §15.4.5",
            "304 has no content",
            .get("/not-modified"),
            ExpectedAnswer(304, ["Transfer-Encoding": .absent])
        ),
        ConformanceCase(
            "9112 §6.3",
            "HEAD of a stream has neither content nor chunks",
            .head("/stream") + .get("/stream"),
            ExpectedAnswer(200, toHead: true),
            ExpectedAnswer(200, body: "one two")
        ),
        ConformanceCase(
            "9110 §6.6.1",
            "an answer has one date",
            .get("/echo"),
            ExpectedAnswer(200, ["Date": .present])
        ),
        .refused(
            400,
            "9110 §6.6.1",
            "a refusal has a date and a length",
            .message("GET / HTTP/1.1")
        ),
        ConformanceCase(
            "9110 §15.5.5",
            "an error says in words what it is",
            .get("/none"),
            ExpectedAnswer(
                404,
                ["Content-Type": "text/plain; charset=utf-8", "Content-Length": .present]
            )
        ),
    ]
}
