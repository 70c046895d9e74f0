/// Header fields: their lines, names and values (RFC 9110 §5, RFC 9112 §5).
enum FieldCases {
    static let all: [ConformanceCase] =
        values.map { section, name, line, value in
            ConformanceCase(
                section,
                name,
                .get("/echo", line),
                ExpectedAnswer(200, ["X-Value": .value(value)])
            )
        } + understood + refused

    /// Lines, and the value of the field X in them.
    private static let values = [
        ("9112 §5.1", "spaces around a value are not of it", "X:   a  ", "[a]"),
        ("9112 §5.1", "tabs around a value are not of it", "X:\ta\t \t", "[a]"),
        ("9112 §5.1", "no space after the colon", "X:a", "[a]"),
        ("9110 §5.5", "an empty value", "X:", "[]"),
        ("9110 §5.5", "a value of nothing but white space", "X: \t ", "[]"),
        ("9110 §5.5", "white space within a value stays", "X: a \t b", "[a \t b]"),
        ("9110 §5.5", "a colon within a value", "X: a:b:", "[a:b:]"),
        ("9110 §5.5", "a quoted string with a comma", "X: \"a, b\"", "[\"a, b\"]"),
        ("9110 §5.5", "UTF-8 in a value", "X: \u{C3}\u{A9}", "[\u{E9}]"),
        ("9110 §5.1", "names are the same in small letters", "x: a", "[a]"),
        ("9110 §5.3", "repeated lines keep their order", "X: a\r\nY: c\r\nx: b", "[a][b]"),
    ]

    private static let understood: [ConformanceCase] = [
        ConformanceCase(
            "9110 §5.6.2",
            "every character of a token in a name",
            .get("/echo", "!#$%&'*+-.^_`|~0aZ: a"),
            ExpectedAnswer(200)
        ),
        ConformanceCase(
            "9110 §5.5",
            "ISO 8859-1 in a value",
            .get("/echo", "X: \u{E9}\u{80}\u{FF}"),
            ExpectedAnswer(200)
        ),
        ConformanceCase(
            "9110 §5.1",
            "unknown fields are ignored",
            .get("/echo", "X-Unheard-Of: 1", "DNT: 1", "Cookie: a=b; c"),
            ExpectedAnswer(200)
        ),
    ]

    private static let refused: [ConformanceCase] =
        malformed.map { section, name, lines in
            .refused(400, section, name, "GET / HTTP/1.1\r\nHost: a\r\n" + lines)
        } + [
            .refused(
                400,
                "9112 §5.2",
                "a folded Host",
                "GET / HTTP/1.1\r\nHost:\r\n a\r\n\r\n"
            ),
            .refused(
                400,
                "9112 §5.1",
                "a space before Host's colon",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n"
            ),
        ]

    /// What follows Host.
    private static let malformed = [
        ("9112 §5.1", "a space before the colon", "X : a\r\n\r\n"),
        ("9112 §5.1", "a tab before the colon", "X\t: a\r\n\r\n"),
        ("9112 §5", "no colon", "X\r\n\r\n"),
        ("9110 §5.1", "no name", ": a\r\n\r\n"),
        ("9110 §5.1", "a space within the name", "X Y: a\r\n\r\n"),
        ("9110 §5.1", "a parenthesis in the name", "X(y): a\r\n\r\n"),
        ("9110 §5.1", "a slash in the name", "X/Y: a\r\n\r\n"),
        ("9110 §5.1", "quotes around the name", "\"X\": a\r\n\r\n"),
        ("9110 §5.1", "a name beyond ASCII", "X\u{E9}: a\r\n\r\n"),
        ("9110 §5.1", "NUL in the name", "X\0: a\r\n\r\n"),
        ("9110 §5.5", "NUL in the value", "X: a\0b\r\n\r\n"),
        ("9110 §5.5", "CR in the value", "X: a\rb\r\n\r\n"),
        ("9110 §5.5", "CR at the end of the value", "X: a\r\r\n\r\n"),
        ("9110 §5.5", "a bare CR that could end the line", "X: a\rY: b\r\n\r\n"),
        ("9110 §5.5", "VT in the value", "X: a\u{B}b\r\n\r\n"),
        ("9110 §5.5", "ESC in the value", "X: \u{1B}[2J\r\n\r\n"),
        ("9110 §5.5", "DEL in the value", "X: \u{7F}\r\n\r\n"),
        ("9112 §2.2", "LF alone ends a field line", "X: a\n\r\n"),
        ("9112 §2.2", "LF alone ends the head", "X: a\r\n\n"),
        ("9112 §2.2", "LF within a value", "X: a\nY: b\r\n\r\n"),
        ("9112 §5.2", "a value folded by a space", "X: a\r\n b\r\n\r\n"),
        ("9112 §5.2", "a value folded by a tab", "X: a\r\n\tb\r\n\r\n"),
        ("9112 §5.2", "a line of nothing but a space", "X: a\r\n \r\n\r\n"),
        ("9112 §5.2", "a field folded into a length", "Content-Length:\r\n 5\r\n\r\nhello"),
    ]
}
