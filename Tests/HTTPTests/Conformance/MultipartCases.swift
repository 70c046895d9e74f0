/// Several ranges in one answer (RFC 9110 §14.6, RFC 2046 §5.1.1).
enum MultipartCases {
    static let all: [ConformanceCase] =
        [
            ("2046 §5.1.1", "two parts", "bytes=0-9,90-99", [0..<10, 90..<100]),
            ("9110 §14.6", "the first byte and the last", "bytes=0-0,-1", [0..<1, 999..<1000]),
            (
                "9110 §15.3.7.2", "parts in the order asked", "bytes=700-701,0-9",
                [700..<702, 0..<10]
            ),
            ("9110 §5.6.1", "white space in the set", "bytes= 0-0 ,\t-1 ", [0..<1, 999..<1000]),
            ("9110 §5.6.1", "empty elements", "bytes=0-0,, ,-1,", [0..<1, 999..<1000]),
            (
                "9110 §15.3.7.2", "one of three lies outside", "bytes=0-9,2000-,20-29",
                [0..<10, 20..<30]
            ),
            (
                "9110 §15.3.7.2", "two of three touch", "bytes=0-9,500-509,10-19",
                [0..<20, 500..<510]
            ),
        ].map { section, name, field, ranges in
            ConformanceCase(
                section,
                name,
                .get("/clip.mp4", "Range: \(field)"),
                ExpectedAnswer(
                    206,
                    [
                        "Content-Range": .absent, "ETag": "{tag}",
                        "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT",
                    ],
                    body: .parts(ranges)
                )
            )
        } + [
            ConformanceCase(
                "9110 §13.1.5",
                "several parts of this very version",
                .get("/clip.mp4", "Range: bytes=0-9,90-99", "If-Range: {tag}"),
                ExpectedAnswer(206, body: .parts([0..<10, 90..<100]))
            ),
            ConformanceCase(
                "9110 §13.1.5",
                "several parts of another version",
                .get("/clip.mp4", "Range: bytes=0-9,90-99", "If-Range: \"x\""),
                ExpectedAnswer(200, body: .clip(0..<1000))
            ),
            ConformanceCase(
                "9112 §9.3",
                "several parts in HTTP/1.0",
                .message("GET /clip.mp4 HTTP/1.0", "Range: bytes=0-9,90-99"),
                ExpectedAnswer(
                    206,
                    ["Content-Length": .present],
                    body: .parts([0..<10, 90..<100])
                ),
                then: .closed
            ),
        ]
}
