/// Sizes a request may not exceed, and the status for each.
enum LimitCases {
    static let all: [ConformanceCase] = defaults + small

    /// The limits as they are, met to the byte and exceeded by one.
    private static let defaults: [ConformanceCase] = [
        ConformanceCase(
            "9112 §3",
            "a request line of 8 KiB",
            .get("/echo?q=" + String(repeating: "a", count: 8192 - 23)),
            ExpectedAnswer(200),
            arrivals: [.atOnce]
        ),
        .refused(
            414,
            "9110 §15.5.15",
            "a request line of 8 KiB and a byte",
            .get("/echo?q=" + String(repeating: "a", count: 8193 - 23)),
            arrivals: [.atOnce]
        ),
        .refused(
            414,
            "9110 §15.5.15",
            "a request line without end",
            "GET /" + String(repeating: "a", count: 9000),
            arrivals: [.atOnce]
        ),
        ConformanceCase(
            "6585 §5",
            "a hundred fields",
            .message("GET /echo HTTP/1.1", "Host: a", fields(99)),
            ExpectedAnswer(200),
            arrivals: [.atOnce]
        ),
        .refused(
            431,
            "6585 §5",
            "a hundred fields and one",
            .message("GET /echo HTTP/1.1", "Host: a", fields(100)),
            arrivals: [.atOnce]
        ),
        ConformanceCase(
            "6585 §5",
            "nearly 32 KiB of fields",
            .get("/echo", "Y: " + String(repeating: "a", count: 32_700)),
            ExpectedAnswer(200),
            arrivals: [.atOnce]
        ),
        .refused(
            431,
            "6585 §5",
            "more than 32 KiB of fields",
            .get("/echo", "Y: " + String(repeating: "a", count: 32_800)),
            arrivals: [.atOnce]
        ),
        .refused(
            431,
            "6585 §5",
            "a field without end",
            "GET / HTTP/1.1\r\nHost: a\r\nY: " + String(repeating: "a", count: 40_000),
            arrivals: [.atOnce]
        ),
        .refused(
            431,
            "6585 §5",
            "a name without end",
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "a", count: 40_000),
            arrivals: [.atOnce]
        ),
        ConformanceCase(
            "9110 §15.5.14",
            "a body of 1 MiB",
            .post("Content-Length: 1048576", content: String(repeating: "x", count: 1 << 20)),
            ExpectedAnswer(200, ["Content-Length": "1048576"]),
            arrivals: [.atOnce]
        ),
        .refused(
            413,
            "9110 §15.5.14",
            "a body of 1 MiB and a byte",
            .post("Content-Length: 1048577", content: "x")
        ),
        .refused(
            413,
            "9110 §8.6",
            "a length beyond any integer",
            .post("Content-Length: 99999999999999999999999999")
        ),
    ]

    /// The same at sizes that can be cut at every byte.
    private static let small: [ConformanceCase] = [
        ConformanceCase(
            "9112 §3",
            "a request line as long as it may be",
            .get("/echo?q=" + String(repeating: "a", count: 64 - 23)),
            ExpectedAnswer(200),
            limits: .small
        ),
        .refused(
            414,
            "9110 §15.5.15",
            "a request line a byte too long",
            .get("/echo?q=" + String(repeating: "a", count: 65 - 23)),
            limits: .small
        ),
        .refused(
            414,
            "9110 §15.5.15",
            "too long goes before malformed",
            "G(T /" + String(repeating: "a", count: 100) + "\r\n\r\n",
            limits: .small
        ),
        ConformanceCase(
            "6585 §5",
            "fields as long as they may be",
            .get("/echo", "Y: " + String(repeating: "a", count: 64 - 9 - 5 - 2)),
            ExpectedAnswer(200),
            limits: .small
        ),
        .refused(
            431,
            "6585 §5",
            "fields a byte too long",
            .get("/echo", "Y: " + String(repeating: "a", count: 65 - 9 - 5 - 2)),
            limits: .small
        ),
        ConformanceCase(
            "6585 §5",
            "as many fields as there may be",
            .get("/echo", "A: 1", "B: 2"),
            ExpectedAnswer(200),
            limits: .small
        ),
        .refused(431, "6585 §5", "a field too many", .get("/", "A:", "B:", "C:"), limits: .small),
        ConformanceCase(
            "6585 §5",
            "trailers as long as they may be",
            .post(
                "Transfer-Encoding: chunked",
                content: "0\r\nA: " + String(repeating: "a", count: 64 - 5 - 2) + "\r\n\r\n"
            ),
            ExpectedAnswer(200, body: ""),
            limits: .small
        ),
        .refused(
            431,
            "6585 §5",
            "trailers a byte too long",
            .post(
                "Transfer-Encoding: chunked",
                content: "0\r\nA: " + String(repeating: "a", count: 65 - 5 - 2) + "\r\n\r\n"
            ),
            limits: .small
        ),
        ConformanceCase(
            "9110 §15.5.14",
            "a body as long as it may be",
            .post("Content-Length: 16", content: "0123456789abcdef"),
            ExpectedAnswer(200, body: "0123456789abcdef"),
            limits: .small
        ),
        .refused(
            413,
            "9110 §15.5.14",
            "a body a byte too long",
            .post("Content-Length: 17", content: "0123456789abcdefg"),
            limits: .small
        ),
    ]

    /// So many short fields, as lines but for the last ending.
    private static func fields(_ count: Int) -> String {
        (1...count).map { "Y\($0): \($0)" }.joined(separator: "\r\n")
    }
}
