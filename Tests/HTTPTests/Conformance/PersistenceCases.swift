/// How long a connection lasts, and requests one behind the other (RFC 9112 §9).
enum PersistenceCases {
    static let all: [ConformanceCase] = version11 + version10 + pipelined + halfClosed + unread

    private static let next = String.get("/echo/next")
    private static let nextAnswer = ExpectedAnswer(200, ["X-Part": "next"])

    private static let version11: [ConformanceCase] = [
        ConformanceCase(
            "9112 §9.3",
            "1.1 persists, request after request",
            steps: (1...3).map { number in
                .init(sent: .get("/echo", "X: \(number)"), answers: [ExpectedAnswer(200)])
            }
        ),
        ConformanceCase("9112 §9.3", "an error ends nothing", .get("/none"), ExpectedAnswer(404)),
        ConformanceCase(
            "9112 §9.3",
            "keep-alive changes nothing in 1.1",
            .get("/echo", "Connection: keep-alive", "Keep-Alive: timeout=1"),
            ExpectedAnswer(200, ["Connection": .absent])
        ),
        ConformanceCase(
            "9110 §7.6.1",
            "Proxy-Connection means nothing",
            .get("/echo", "Proxy-Connection: close"),
            ExpectedAnswer(200)
        ),
        ConformanceCase(
            "9110 §7.8",
            "an upgrade that isn't known is ignored",
            .get("/echo", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"),
            ExpectedAnswer(200, ["Upgrade": .absent])
        ),
        ConformanceCase(
            "9112 §9.6",
            "close is no part of another word",
            .get("/echo", "Connection: closed, unclose"),
            ExpectedAnswer(200)
        ),
        .refused(200, "9112 §9.6", "close", .get("/echo", "Connection: close")),
        .refused(200, "9112 §9.6", "Close", .get("/echo", "connection: Close")),
        .refused(200, "9112 §9.6", "close in a list", .get("/echo", "Connection: x ,close,")),
        .refused(
            200,
            "9112 §9.6",
            "close on a line of its own",
            .get("/echo", "Connection: keep-alive", "Connection: close")
        ),
        .refused(200, "9112 §9.6", "the handler's close", .get("/close")),
    ]

    private static let version10: [ConformanceCase] = [
        .refused(200, "9112 §9.3", "1.0 doesn't persist", .message("GET /echo HTTP/1.0")),
        ConformanceCase(
            "9112 §9.3",
            "1.0 persists when asked to",
            .message("GET /echo HTTP/1.0", "Connection: Keep-Alive"),
            ExpectedAnswer(200, ["Connection": "keep-alive"])
        ),
        .refused(
            200,
            "9112 §9.3",
            "in 1.0 close goes before keep-alive",
            .message("GET /echo HTTP/1.0", "Connection: keep-alive, close")
        ),
        .refused(
            200,
            "9112 §9.3",
            "1.0 can't persist without a length",
            .message("GET /stream HTTP/1.0", "Connection: keep-alive")
        ),
    ]

    private static let pipelined: [ConformanceCase] = [
        ConformanceCase(
            "9112 §9.3.2",
            "three requests at once, answered in order",
            .get("/echo/1") + .head("/echo/2") + .get("/stream"),
            ExpectedAnswer(200, ["X-Part": "1"]),
            ExpectedAnswer(200, ["X-Part": "2"], toHead: true),
            ExpectedAnswer(200, body: "one two")
        ),
        ConformanceCase(
            "9112 §9.3.2",
            "bodies of both kinds in between",
            .post("Content-Length: 1", content: "a")
                + .post("Transfer-Encoding: chunked", content: "1\r\nb\r\n0\r\n\r\n")
                + .post("Content-Length: 1", content: "c"),
            ExpectedAnswer(200, body: "a"),
            ExpectedAnswer(200, body: "b"),
            ExpectedAnswer(200, body: "c")
        ),
        ConformanceCase(
            "9112 §9.3.2",
            "a file, a part of it and what it says of itself",
            .get("/clip.mp4") + .get("/clip.mp4", "Range: bytes=1-2") + .head("/clip.mp4"),
            ExpectedAnswer(200, body: .clip(0..<1000)),
            ExpectedAnswer(206, body: .clip(1..<3)),
            ExpectedAnswer(200, toHead: true)
        ),
        ConformanceCase(
            "9112 §9.6",
            "what comes behind close is not looked at",
            .get("/echo", "Connection: close") + next,
            ExpectedAnswer(200),
            then: .closed,
            arrivals: [.atOnce]
        ),
        ConformanceCase(
            "9112 §9.3.2",
            "a good request and a bad one",
            next + "GET / HTTP/1.1\r\n\r\n" + next,
            nextAnswer,
            ExpectedAnswer(400),
            then: .closed
        ),
        ConformanceCase(
            "9112 §11.2",
            "nothing behind a refused request is taken for one",
            .post("Content-Length: 1", "Transfer-Encoding: chunked", content: "0\r\n\r\n") + next,
            ExpectedAnswer(400),
            then: .closed
        ),
    ]

    private static func halfClosing(
        _ name: String,
        _ sent: String,
        _ answers: ExpectedAnswer...
    ) -> ConformanceCase {
        let step = ConformanceCase.Step(sent: sent, answers: answers, shutsDown: true)
        return ConformanceCase("9112 §9.6", name, steps: [step], then: .closed)
    }

    private static let halfClosed: [ConformanceCase] = [
        halfClosing("a half-closed client gets its answer", next, nextAnswer),
        halfClosing(
            "a half-closed client gets all its answers",
            next + .get("/clip.mp4") + .get("/stream"),
            nextAnswer,
            ExpectedAnswer(200, body: .clip(0..<1000)),
            ExpectedAnswer(200, body: "one two")
        ),
        halfClosing("a client that only hangs up gets nothing", ""),
        halfClosing("half a request gets nothing", "GET / HTTP/1.1\r\nHost: a\r\n"),
        halfClosing(
            "half a body is refused",
            .post("Content-Length: 5", content: "he"),
            ExpectedAnswer(400)
        ),
        halfClosing(
            "half a chunk is refused",
            .post("Transfer-Encoding: chunked", content: "5\r\nhe"),
            ExpectedAnswer(400)
        ),
    ]

    /// What is answered before all of it has been read.
    private static let unread: [ConformanceCase] = [
        ConformanceCase(
            "9112 §9.3",
            "a body that is there but not read is passed over",
            .message("POST /ignore HTTP/1.1", "Host: a", "Content-Length: 5", content: "hello"),
            ExpectedAnswer(200),
            arrivals: [.atOnce]
        ),
        .refused(
            401,
            "9112 §9.6",
            "no reset eats the answer to half a body",
            .message(
                "POST /refuse HTTP/1.1",
                "Host: a",
                "Content-Length: 1000000",
                content: String(repeating: "x", count: 900_000)
            ),
            arrivals: [.atOnce]
        ),
        .refused(
            413,
            "9112 §9.6",
            "no reset eats a 413",
            .post("Content-Length: 3000000", content: String(repeating: "x", count: 3_000_000)),
            arrivals: [.atOnce]
        ),
        .refused(
            413,
            "9112 §9.6",
            "no reset eats a 413 to a chunk",
            .post(
                "Transfer-Encoding: chunked",
                content: "2dc6c0\r\n" + String(repeating: "x", count: 3_000_000)
            ),
            arrivals: [.atOnce]
        ),
    ]
}
