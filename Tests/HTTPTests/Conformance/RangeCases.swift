/// Which bytes of the clip's thousand a Range field gets (RFC 9110 §14).
enum RangeCases {
    static let all: [ConformanceCase] =
        single.map { section, name, field, range in
            ConformanceCase(
                section,
                name,
                .get("/clip.mp4", "Range: \(field)"),
                ExpectedAnswer(
                    206,
                    [
                        "Content-Range": .value(
                            "bytes \(range.lowerBound)-\(range.upperBound - 1)/1000"
                        ),
                        "Content-Length": .value("\(range.count)"), "Content-Type": "video/mp4",
                    ],
                    body: .clip(range)
                )
            )
        }
        + ignored.map { section, name, field in
            ConformanceCase(
                section,
                name,
                .get("/clip.mp4", "Range: \(field)"),
                ExpectedAnswer(200, ["Content-Range": .absent], body: .clip(0..<1000))
            )
        }
        + outside.map { section, name, field in
            ConformanceCase(
                section,
                name,
                .get("/clip.mp4", "Range: \(field)"),
                ExpectedAnswer(416, ["Content-Range": "bytes */1000"])
            )
        } + others

    private static let single = [
        ("9110 §14.1.2", "the first bytes", "bytes=0-499", 0..<500),
        ("9110 §14.1.2", "one byte", "bytes=0-0", 0..<1),
        ("9110 §14.1.2", "the last byte by its number", "bytes=999-999", 999..<1000),
        ("9110 §14.1.2", "from a byte to the end", "bytes=500-", 500..<1000),
        ("9110 §14.1.2", "everything from the start", "bytes=0-", 0..<1000),
        ("9110 §14.1.2", "the last five hundred bytes", "bytes=-500", 500..<1000),
        ("9110 §14.1.2", "the last byte", "bytes=-1", 999..<1000),
        ("9110 §14.1.2", "a suffix longer than the file", "bytes=-2000", 0..<1000),
        ("9110 §14.1.2", "an end beyond the file", "bytes=900-5000", 900..<1000),
        ("9110 §14.1.2", "an end beyond 2^63", "bytes=900-9223372036854775808", 900..<1000),
        ("9110 §14.1.2", "an end beyond 2^64", "bytes=0-18446744073709551616", 0..<1000),
        ("9110 §14.1.2", "a suffix beyond 2^63", "bytes=-9223372036854775808", 0..<1000),
        ("9110 §14.1.2", "leading zeros", "bytes=0000-0009", 0..<10),
        ("9110 §14.1", "the unit in capitals", "BYTES=0-9", 0..<10),
        ("9110 §5.6.1", "an empty element beside one", "bytes=,0-9,", 0..<10),
        ("9110 §5.6.3", "white space around an element", "bytes=0-9 \t", 0..<10),
        ("9110 §15.3.7", "one of two lies within", "bytes=0-9,2000-3000", 0..<10),
        ("9110 §15.3.7", "ranges that overlap are one", "bytes=0-9,5-19", 0..<20),
        ("9110 §15.3.7", "ranges that touch are one", "bytes=0-9,10-19", 0..<20),
        ("9110 §15.3.7", "ranges that touch in reverse are one", "bytes=10-19,0-9", 0..<20),
        ("9110 §15.3.7", "a range that joins two", "bytes=0-9,20-29,5-24", 0..<30),
        ("9110 §15.3.7", "the same range twice is one", "bytes=5-9,5-9", 5..<10),
    ]

    private static let ignored = [
        ("9110 §14.2", "an unknown unit", "items=0-9"),
        ("9110 §14.2", "no unit", "0-9"),
        ("9110 §14.2", "no set", "bytes"),
        ("9110 §14.2", "an empty set", "bytes="),
        ("9110 §14.2", "a set of nothing but commas", "bytes=,,"),
        ("9110 §14.1.1", "a dash alone", "bytes=-"),
        ("9110 §14.1.1", "an end before its start", "bytes=9-0"),
        ("9110 §14.1.1", "one of two ends before its start", "bytes=0-9,9-0"),
        ("9110 §14.1.1", "letters", "bytes=a-b"),
        ("9110 §14.1.1", "a sign", "bytes=+0-9"),
        ("9110 §14.1.1", "two dashes", "bytes=0--9"),
        ("9110 §14.1.1", "three positions", "bytes=0-9-19"),
        ("9110 §14.1.1", "spaces around the dash", "bytes=0 - 9"),
        ("9110 §14.1.1", "a space before the equals sign", "bytes =0-9"),
        ("9110 §14.1.1", "a decimal point", "bytes=0.0-9"),
        ("9110 §14.1.1", "hexadecimal", "bytes=0x0-0x9"),
        ("9110 §14.1.1", "a semicolon between", "bytes=0-9;20-29"),
        ("9110 §17.15", "more than 64 ranges", manyRanges(65)),
        ("9110 §17.15", "ranges that repeat nearly all of it", "bytes=0-997,0-997,999-999"),
        ("9110 §17.15", "parts that would outweigh the whole", manyRanges(30)),
    ]

    private static let outside = [
        ("9110 §15.5.17", "a start at the end", "bytes=1000-"),
        ("9110 §15.5.17", "a start beyond the end", "bytes=1000-2000"),
        ("9110 §15.5.17", "a start beyond 2^63", "bytes=9223372036854775808-"),
        ("9110 §15.5.17", "a start beyond 2^64", "bytes=18446744073709551616-"),
        ("9110 §15.5.17", "a suffix of nothing", "bytes=-0"),
        ("9110 §15.5.17", "several, all beyond the end", "bytes=1000-1001,2000-,-0"),
    ]

    private static let others: [ConformanceCase] = [
        ConformanceCase(
            "9110 §14.2",
            "HEAD knows no ranges",
            .head("/clip.mp4", "Range: bytes=0-9"),
            ExpectedAnswer(
                200,
                ["Content-Length": "1000", "Content-Range": .absent],
                toHead: true
            )
        ),
        ConformanceCase(
            "9110 §14.2",
            "HEAD of a range outside is no error",
            .head("/clip.mp4", "Range: bytes=1000-"),
            ExpectedAnswer(200, toHead: true)
        ),
        ConformanceCase(
            "9110 §5.3",
            "Range given twice counts for nothing",
            .get("/clip.mp4", "Range: bytes=0-9", "Range: bytes=20-29"),
            ExpectedAnswer(200, body: .clip(0..<1000))
        ),
        ConformanceCase(
            "9110 §15.5.17",
            "an empty file has no first byte",
            .get("/empty.mp4", "Range: bytes=0-"),
            ExpectedAnswer(416, ["Content-Range": "bytes */0"])
        ),
        ConformanceCase(
            "9110 §14.1.1",
            "the last byte of an empty file is all of it",
            .get("/empty.mp4", "Range: bytes=-1"),
            ExpectedAnswer(200, ["Content-Range": .absent, "Content-Length": "0"], body: "")
        ),
        ConformanceCase(
            "9110 §14.2",
            "a route without ranges ignores them",
            .get("/stream", "Range: bytes=0-0"),
            ExpectedAnswer(200, body: "one two")
        ),
        ConformanceCase(
            "9110 §15.5.5",
            "a range of what isn't there",
            .get("/none", "Range: bytes=0-9"),
            ExpectedAnswer(404, ["Content-Range": .absent])
        ),
        ConformanceCase(
            "9110 §14.3",
            "a file says that it has ranges",
            .get("/clip.mp4"),
            ExpectedAnswer(200, ["Accept-Ranges": "bytes"])
        ),
    ]

    /// One-byte ranges that don't touch.
    private static func manyRanges(_ count: Int) -> String {
        "bytes=" + (0..<count).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ",")
    }
}
