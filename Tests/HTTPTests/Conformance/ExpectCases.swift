/// Waiting for 100 (Continue) before a body is sent (RFC 9110 §10.1.1).
enum ExpectCases {
    static let all: [ConformanceCase] = continued + notContinued + refused

    private static func waits(
        _ section: String,
        _ name: String,
        fields: String...,
        content: String
    ) -> ConformanceCase {
        let head = ["POST /echo HTTP/1.1", "Host: a"] + fields
        return ConformanceCase(
            section,
            name,
            steps: [
                .init(
                    sent: head.map { $0 + "\r\n" }.joined() + "\r\n",
                    answers: [ExpectedAnswer(100)]
                ),
                .init(sent: content, answers: [ExpectedAnswer(200, body: "hello")]),
            ]
        )
    }

    private static let continued: [ConformanceCase] = [
        waits(
            "9110 §10.1.1",
            "a sized body is asked for",
            fields: "Content-Length: 5",
            "Expect: 100-continue",
            content: "hello"
        ),
        waits(
            "9110 §10.1.1",
            "a chunked body is asked for",
            fields: "Transfer-Encoding: chunked",
            "Expect: 100-continue",
            content: "5\r\nhello\r\n0\r\n\r\n"
        ),
        waits(
            "9110 §10.1.1",
            "an expectation in any letters",
            fields: "Content-Length: 5",
            "expect: 100-CONTINUE",
            content: "hello"
        ),
        waits(
            "9110 §10.1.1",
            "an expectation given twice is one",
            fields: "Content-Length: 5",
            "Expect: 100-continue,",
            "Expect: 100-continue",
            content: "hello"
        ),
    ]

    private static let notContinued: [ConformanceCase] = [
        ConformanceCase(
            "9110 §10.1.1",
            "a body that is there needn't be asked for",
            .post("Content-Length: 5", "Expect: 100-continue", content: "hello"),
            ExpectedAnswer(200, body: "hello"),
            arrivals: [.atOnce]
        ),
        ConformanceCase(
            "9110 §10.1.1",
            "no body, nothing to ask for",
            .get("/echo", "Expect: 100-continue"),
            ExpectedAnswer(200)
        ),
        ConformanceCase(
            "9110 §10.1.1",
            "an empty body, nothing to ask for",
            .post("Content-Length: 0", "Expect: 100-continue"),
            ExpectedAnswer(200)
        ),
        ConformanceCase(
            "9110 §10.1.1",
            "nothing is expected",
            .post("Content-Length: 5", "Expect:", content: "hello"),
            ExpectedAnswer(200, body: "hello")
        ),
        ConformanceCase(
            "9110 §10.1.1",
            "in HTTP/1.0 the field is ignored",
            .message(
                "POST /echo HTTP/1.0",
                "Content-Length: 5",
                "Expect: 100-continue",
                content: "hello"
            ),
            ExpectedAnswer(200, body: "hello"),
            then: .closed
        ),
        ConformanceCase(
            "9110 §10.1.1",
            "in HTTP/1.0 even another expectation is ignored",
            .message("GET /echo HTTP/1.0", "Expect: miracles"),
            ExpectedAnswer(200),
            then: .closed
        ),
        .refused(
            401,
            "9110 §10.1.1",
            "a body nobody wants is not asked for, and the connection ends",
            .message(
                "POST /refuse HTTP/1.1",
                "Host: a",
                "Content-Length: 5",
                "Expect: 100-continue"
            )
        ),
    ]

    private static let refused: [ConformanceCase] = [
        .refused(
            417,
            "9110 §15.5.18",
            "another expectation",
            .post("Content-Length: 5", "Expect: miracles", content: "hello")
        ),
        .refused(
            417,
            "9110 §15.5.18",
            "another expectation in a list",
            .post("Content-Length: 5", "Expect: 100-continue, miracles", content: "hello")
        ),
        .refused(
            417,
            "9110 §15.5.18",
            "another expectation on a line of its own",
            .post("Content-Length: 5", "Expect: 100-continue", "Expect: x", content: "hello")
        ),
        .refused(
            413,
            "9110 §10.1.1",
            "a body too large is refused before it is sent",
            .post("Content-Length: 1048577", "Expect: 100-continue")
        ),
    ]
}
