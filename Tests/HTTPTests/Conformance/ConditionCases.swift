/// Conditions on the clip, which last changed on Sun, 06 Nov 1994 08:49:37 GMT (RFC 9110 §13).
enum ConditionCases {
    static let all: [ConformanceCase] = reads.map(\.case) + elsewhere + ranges.map(\.case)

    /// A GET of the clip with fields, and the status it comes to.
    private struct Read {
        let section: String
        let name: String
        let fields: String
        let status: Int

        init(_ section: String, _ name: String, _ fields: String, _ status: Int) {
            self.section = section
            self.name = name
            self.fields = fields
            self.status = status
        }

        var `case`: ConformanceCase {
            let answer =
                switch status {
                case 200: ExpectedAnswer(200, ["ETag": "{tag}"], body: .clip(0..<1000))
                case 206: ExpectedAnswer(206, ["ETag": "{tag}"], body: .clip(10..<20))
                case 304: ExpectedAnswer(304, unchanged)
                case 416: ExpectedAnswer(416, ["Content-Range": "bytes */1000"])
                default: ExpectedAnswer(status, ["Content-Range": .absent])
                }
            return ConformanceCase(section, name, .get("/clip.mp4", fields), answer)
        }

        /// What a 304 must and mustn't say (RFC 9110 §15.4.5).
        private let unchanged: [String: ExpectedField] = [
            "ETag": "{tag}", "Cache-Control": "max-age=60", "Content-Type": .absent,
            "Content-Range": .absent,
        ]
    }

    private static let same = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let earlier = "Sun, 06 Nov 1994 08:49:36 GMT"
    private static let later = "Sun, 06 Nov 1994 08:49:38 GMT"

    private static let reads: [Read] = [
        Read("9110 §13.1.1", "If-Match: the tag", "If-Match: {tag}", 200),
        Read("9110 §13.1.1", "If-Match: any", "If-Match: *", 200),
        Read("9110 §13.1.1", "If-Match: a list with the tag", "If-Match: \"x\" ,, {tag}", 200),
        Read("9110 §13.1.1", "If-Match: two lines", "If-Match: \"x\"\r\nIf-Match: {tag}", 200),
        Read("9110 §13.1.1", "If-Match: another tag", "If-Match: \"x\"", 412),
        Read("9110 §13.1.1", "If-Match: the tag, weak", "If-Match: W/{tag}", 412),
        Read("9110 §13.1.1", "If-Match: no tag", "If-Match: x", 412),
        Read("9110 §13.1.1", "If-Match: nothing", "If-Match:", 412),

        Read("9110 §13.1.2", "If-None-Match: the tag", "If-None-Match: {tag}", 304),
        Read("9110 §13.1.2", "If-None-Match: the tag, weak", "If-None-Match: W/{tag}", 304),
        Read("9110 §13.1.2", "If-None-Match: any", "If-None-Match: *", 304),
        Read("9110 §13.1.2", "If-None-Match: a list", "If-None-Match: \"a,b\", W/{tag}", 304),
        Read(
            "9110 §5.3",
            "If-None-Match: repeated lines",
            "If-None-Match: \"x\"\r\nIf-None-Match: {tag}",
            304
        ),
        Read("9110 §13.1.2", "If-None-Match: another tag", "If-None-Match: \"x\"", 200),
        Read("9110 §13.1.2", "If-None-Match: no quotes", "If-None-Match: x", 200),
        Read("9110 §8.8.3", "If-None-Match: a small w", "If-None-Match: w/{tag}", 200),
        Read("9110 §13.1.2", "If-None-Match: any in quotes", "If-None-Match: \"*\"", 200),

        Read("9110 §13.1.3", "If-Modified-Since: then", "If-Modified-Since: \(same)", 304),
        Read("9110 §13.1.3", "If-Modified-Since: later", "If-Modified-Since: \(later)", 304),
        Read("9110 §13.1.3", "If-Modified-Since: earlier", "If-Modified-Since: \(earlier)", 200),
        Read(
            "9110 §5.6.7",
            "If-Modified-Since: as RFC 850 writes dates",
            "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT",
            304
        ),
        Read(
            "9110 §5.6.7",
            "If-Modified-Since: as asctime writes dates",
            "If-Modified-Since: Sun Nov  6 08:49:37 1994",
            304
        ),
        Read("9110 §13.1.3", "If-Modified-Since: no date", "If-Modified-Since: soon", 200),
        Read(
            "9110 §13.1.3",
            "If-Modified-Since: two dates",
            "If-Modified-Since: \(same)\r\nIf-Modified-Since: \(same)",
            200
        ),

        Read("9110 §13.1.4", "If-Unmodified-Since: then", "If-Unmodified-Since: \(same)", 200),
        Read("9110 §13.1.4", "If-Unmodified-Since: later", "If-Unmodified-Since: \(later)", 200),
        Read(
            "9110 §13.1.4",
            "If-Unmodified-Since: earlier",
            "If-Unmodified-Since: \(earlier)",
            412
        ),
        Read("9110 §13.1.4", "If-Unmodified-Since: no date", "If-Unmodified-Since: 1994", 200),

        Read(
            "9110 §13.2.2",
            "If-Unmodified-Since is ignored beside If-Match",
            "If-Unmodified-Since: \(earlier)\r\nIf-Match: {tag}",
            200
        ),
        Read(
            "9110 §13.2.2",
            "If-Modified-Since is ignored beside If-None-Match",
            "If-Modified-Since: \(same)\r\nIf-None-Match: \"x\"",
            200
        ),
        Read(
            "9110 §13.1.3",
            "If-Modified-Since is ignored even beside a malformed If-None-Match",
            "If-Modified-Since: \(same)\r\nIf-None-Match: x",
            200
        ),
        Read(
            "9110 §13.2.2",
            "If-None-Match decides against If-Modified-Since",
            "If-Modified-Since: \(earlier)\r\nIf-None-Match: {tag}",
            304
        ),
        Read(
            "9110 §13.2.2",
            "If-Match goes before If-None-Match",
            "If-None-Match: {tag}\r\nIf-Match: \"x\"",
            412
        ),
        Read(
            "9110 §13.2.2",
            "after If-Match holds, If-None-Match counts",
            "If-None-Match: {tag}\r\nIf-Match: {tag}",
            304
        ),
        Read(
            "9110 §13.2.2",
            "If-Unmodified-Since goes before If-None-Match",
            "If-None-Match: {tag}\r\nIf-Unmodified-Since: \(earlier)",
            412
        ),
        Read(
            "9110 §13.2.2",
            "304 goes before a range",
            "Range: bytes=10-19\r\nIf-None-Match: {tag}",
            304
        ),
        Read(
            "9110 §13.2.2",
            "304 goes before 416",
            "Range: bytes=1000-\r\nIf-None-Match: {tag}",
            304
        ),
        Read("9110 §13.2.2", "412 goes before 416", "Range: bytes=1000-\r\nIf-Match: \"x\"", 412),
        Read("9110 §13.2.2", "a range if it matches", "Range: bytes=10-19\r\nIf-Match: {tag}", 206),
    ]

    private static let elsewhere: [ConformanceCase] = [
        ConformanceCase(
            "9110 §13.2.1",
            "a condition on what isn't there leaves it 404",
            .get("/none", "If-Match: *"),
            ExpectedAnswer(404)
        ),
        ConformanceCase(
            "9110 §13.2.1",
            "a date on what isn't there leaves it 404",
            .get("/none", "If-Unmodified-Since: \(earlier)"),
            ExpectedAnswer(404)
        ),
        ConformanceCase(
            "9110 §13.2.1",
            "a condition on what isn't allowed leaves it 405",
            .message("DELETE /clip.mp4 HTTP/1.1", "Host: a", "If-Match: \"x\""),
            ExpectedAnswer(405)
        ),
        ConformanceCase(
            "9110 §13.2.1",
            "OPTIONS knows no conditions",
            .message("OPTIONS /clip.mp4 HTTP/1.1", "Host: a", "If-Match: \"x\""),
            ExpectedAnswer(204)
        ),
        ConformanceCase(
            "9110 §13.1.2",
            "HEAD is answered 304 like GET",
            .head("/clip.mp4", "If-None-Match: {tag}"),
            ExpectedAnswer(304, ["ETag": "{tag}"], toHead: true)
        ),
        ConformanceCase(
            "9110 §13.1.3",
            "HEAD is answered 304 by date",
            .head("/clip.mp4", "If-Modified-Since: \(same)"),
            ExpectedAnswer(304, toHead: true)
        ),
        ConformanceCase(
            "9110 §13.1.1",
            "HEAD is answered 412",
            .head("/clip.mp4", "If-Match: \"x\""),
            ExpectedAnswer(412, ["Content-Length": .present], toHead: true)
        ),
    ]

    private static let ranges: [Read] =
        [
            ("the tag", "{tag}", 206), ("the date", same, 206),
            ("the date as asctime writes it", "Sun Nov  6 08:49:37 1994", 206),
            ("another tag", "\"x\"", 200), ("the tag, weak", "W/{tag}", 200),
            ("a list with the tag", "\"x\", {tag}", 200), ("any", "*", 200),
            ("an earlier date", earlier, 200), ("a later date", later, 200),
            ("no date", "soon", 200), ("nothing", "", 200),
        ].map { name, value, status in
            let fields = "Range: bytes=10-19\r\nIf-Range: \(value)"
            return Read("9110 §13.1.5", "If-Range: \(name)", fields, status)
        } + [
            Read(
                "9110 §13.1.5",
                "If-Range twice",
                "Range: bytes=10-19\r\nIf-Range: {tag}\r\nIf-Range: {tag}",
                200
            ),
            Read("9110 §13.1.5", "If-Range without Range", "If-Range: \"x\"", 200),
            Read(
                "9110 §13.2.2",
                "a range outside of another version",
                "Range: bytes=1000-\r\nIf-Range: \"x\"",
                200
            ),
            Read(
                "9110 §13.2.2",
                "a range outside of this version",
                "Range: bytes=1000-\r\nIf-Range: {tag}",
                416
            ),
        ]
}
