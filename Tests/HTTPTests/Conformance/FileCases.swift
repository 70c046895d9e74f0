/// How files are served, and what caches are told (RFC 9110 §8, RFC 9111 §5).
enum FileCases {
    static let all: [ConformanceCase] =
        [
            ("a folder's index", "/", "text/html; charset=utf-8", "<p>home"),
            ("another folder's index", "/sub/", "text/html; charset=utf-8", "<p>sub"),
            ("a name with a space", "/a%20b.txt", "text/plain; charset=utf-8", "a b"),
            ("a playlist", "/list.m3u8", "application/vnd.apple.mpegurl", "#EXTM3U"),
            ("an unknown ending", "/unknown.xyz", "application/octet-stream", "?"),
        ].map { name, target, type, body in
            ConformanceCase(
                "9110 §8.3",
                name,
                .get(target),
                ExpectedAnswer(200, ["Content-Type": .value(type)], body: .text(body))
            )
        } + [
            ConformanceCase(
                "9110 §8.8",
                "a file has both validators",
                .get("/clip.mp4"),
                ExpectedAnswer(
                    200,
                    [
                        "ETag": "{tag}", "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT",
                        "Content-Length": "1000",
                    ],
                    body: .clip(0..<1000)
                )
            ),
            ConformanceCase(
                "9110 §8.8.2.1",
                "a file from the future last changed now",
                .get("/future.ts"),
                ExpectedAnswer(200, ["Last-Modified": .present], body: "later")
            ),
            ConformanceCase(
                "9110 §8.6",
                "an empty file",
                .get("/empty.mp4"),
                ExpectedAnswer(200, ["Content-Length": "0"], body: "")
            ),
            ConformanceCase(
                "9111 §5.2",
                "caches are told how long",
                .get("/clip.mp4"),
                ExpectedAnswer(200, ["Cache-Control": "max-age=60"])
            ),
            ConformanceCase(
                "9111 §4.3.4",
                "caches are told again when nothing has changed",
                .get("/clip.mp4", "If-None-Match: {tag}"),
                ExpectedAnswer(304, ["Cache-Control": "max-age=60", "Date": .present])
            ),
            ConformanceCase(
                "9111 §3.4",
                "caches can put parts together",
                .get("/clip.mp4", "Range: bytes=0-0"),
                ExpectedAnswer(206, ["Cache-Control": "max-age=60", "ETag": "{tag}"])
            ),
            ConformanceCase(
                "9111 §5.2.1",
                "a client that wants no cache's copy gets the file",
                .get("/clip.mp4", "Cache-Control: no-cache", "Pragma: no-cache"),
                ExpectedAnswer(200, ["Age": .absent], body: .clip(0..<1000))
            ),
            ConformanceCase(
                "9111 §5.2.2",
                "an error isn't kept as the file would be",
                .get("/none.mp4"),
                ExpectedAnswer(404, ["Cache-Control": .absent, "ETag": .absent])
            ),
            ConformanceCase(
                "9110 §12.5.3",
                "a client that takes gzip gets the file as it is",
                .get("/clip.mp4", "Accept-Encoding: gzip, br"),
                ExpectedAnswer(200, ["Content-Encoding": .absent], body: .clip(0..<1000))
            ),
            ConformanceCase(
                "9112 §3.2.2",
                "a file by its absolute target",
                .get("http://a/clip.mp4", "Range: bytes=-1"),
                ExpectedAnswer(206, body: .clip(999..<1000))
            ),
        ]
}
