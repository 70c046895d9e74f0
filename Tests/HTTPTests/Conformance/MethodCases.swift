/// What methods do (RFC 9110 §9), and what is said where they don't (§15.5.6).
enum MethodCases {
    static let all: [ConformanceCase] =
        ["GET", "POST", "PUT", "PATCH", "DELETE"].map { method in
            ConformanceCase(
                method == "PATCH" ? "9110 §9.1" : "9110 §9.3",
                "\(method) reaches its handler, with its content",
                .message("\(method) /echo HTTP/1.1", "Host: a", "Content-Length: 2", content: "ab"),
                ExpectedAnswer(200, ["X-Method": .value(method)], body: "ab")
            )
        } + heads + options + notAllowed

    private static let heads: [ConformanceCase] = [
        ConformanceCase(
            "9110 §9.3.2",
            "a refused HEAD has no content",
            .message("HEAD / HTTP/1.1"),
            ExpectedAnswer(400, toHead: true),
            then: .closed
        ),
        ConformanceCase(
            "9110 §9.3.2",
            "HEAD of a file says what GET would",
            .head("/clip.mp4"),
            ExpectedAnswer(
                200,
                [
                    "Content-Length": "1000", "Content-Type": "video/mp4", "ETag": "{tag}",
                    "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT", "Accept-Ranges": "bytes",
                ],
                toHead: true
            )
        ),
        ConformanceCase(
            "9110 §9.3.2",
            "HEAD of a GET route",
            .head("/echo/a"),
            ExpectedAnswer(200, ["X-Method": "HEAD", "Content-Length": "0"], toHead: true)
        ),
        ConformanceCase(
            "9110 §9.3.2",
            "HEAD of what isn't there",
            .head("/none"),
            ExpectedAnswer(404, ["Content-Length": .present], toHead: true)
        ),
        ConformanceCase(
            "9110 §9.3.2",
            "HEAD of a stream without a length",
            .head("/stream"),
            ExpectedAnswer(200, ["Content-Length": .absent], toHead: true)
        ),
        ConformanceCase(
            "9110 §9.3.2",
            "HEAD of a stream with a length",
            .head("/sized-stream"),
            ExpectedAnswer(200, ["Content-Length": "7"], toHead: true)
        ),
        ConformanceCase(
            "9110 §9.3.2",
            "HEAD with a body, which is no request",
            .message("HEAD /echo HTTP/1.1", "Host: a", "Content-Length: 4", content: "GET "),
            ExpectedAnswer(200, toHead: true)
        ),
        ConformanceCase(
            "9110 §9.3.2",
            "HEAD in HTTP/1.0",
            .message("HEAD /clip.mp4 HTTP/1.0"),
            ExpectedAnswer(200, ["Content-Length": "1000"], toHead: true),
            then: .closed
        ),
    ]

    private static let options: [ConformanceCase] = [
        ("/echo", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
        ("/echo/a", "GET, HEAD, OPTIONS"), ("/refuse", "POST, OPTIONS"),
        ("/clip.mp4", "GET, HEAD, OPTIONS"),
    ].map { target, allow in
        ConformanceCase(
            "9110 §9.3.7",
            "OPTIONS of \(target)",
            .message("OPTIONS \(target) HTTP/1.1", "Host: a"),
            ExpectedAnswer(204, ["Allow": .value(allow)])
        )
    }

    private static let notAllowed: [ConformanceCase] =
        [
            ("POST", "/echo/a", "GET, HEAD, OPTIONS"), ("GET", "/refuse", "POST, OPTIONS"),
            ("DELETE", "/clip.mp4", "GET, HEAD, OPTIONS"), ("PUT", "/stream", "GET, HEAD, OPTIONS"),
        ].map { method, target, allow in
            ConformanceCase(
                "9110 §15.5.6",
                "\(method) of \(target) is not allowed",
                .message("\(method) \(target) HTTP/1.1", "Host: a"),
                ExpectedAnswer(405, ["Allow": .value(allow)])
            )
        } + [
            ConformanceCase(
                "9110 §15.5.6",
                "HEAD where there is no GET is not allowed",
                .head("/refuse"),
                ExpectedAnswer(405, ["Allow": "POST, OPTIONS"], toHead: true)
            )
        ]
}
