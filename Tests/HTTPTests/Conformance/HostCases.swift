/// The Host field and the authority of a target (RFC 9110 §7.2, RFC 9112 §3.2, RFC 3986 §3.2).
enum HostCases {
    static let all: [ConformanceCase] =
        valid.map { section, name, host in
            ConformanceCase(
                section,
                name,
                .message("GET /echo HTTP/1.1", "Host: \(host)"),
                ExpectedAnswer(200, ["X-Host": .value(host)])
            )
        }
        + malformed.map { section, name, host in
            .refused(400, section, name, .message("GET / HTTP/1.1", "Host: \(host)"))
        } + others

    private static let valid = [
        ("9110 §7.2", "a name", "example.org"),
        ("9110 §7.2", "a name and a port", "example.org:3001"),
        ("3986 §3.2.3", "a port of no digits", "example.org:"),
        ("3986 §3.2.2", "an IPv4 address", "192.0.2.1:80"),
        ("3986 §3.2.2", "an IPv6 address", "[2001:db8::1]"),
        ("3986 §3.2.2", "an IPv6 address and a port", "[::ffff:192.0.2.1]:8080"),
        ("3986 §3.2.2", "an escape in a name", "ex%41mple"),
        ("3986 §3.2.2", "an underscore in a name", "my_host"),
    ]

    private static let malformed = [
        ("9110 §4.2.1", "an empty host", ""),
        ("9110 §4.2.1", "a port without a host", ":80"),
        ("9112 §3.2", "a path after the host", "a/b"),
        ("9112 §3.2", "a whole address as host", "http://a"),
        ("9110 §4.2.4", "user information before the host", "u@a"),
        ("9112 §3.2", "two hosts in one field", "a, b"),
        ("9112 §3.2", "a space within the host", "a b"),
        ("9112 §3.2", "a query after the host", "a?b"),
        ("9112 §3.2", "a host beyond ASCII", "\u{E9}"),
        ("3986 §3.2.3", "a port of letters", "a:http"),
        ("3986 §3.2.3", "a port with a sign", "a:+80"),
        ("3986 §3.2.3", "two ports", "a:80:80"),
        ("3986 §3.2.3", "a port out of range", "a:65536"),
        ("3986 §3.2.2", "an address without its bracket", "[::1"),
        ("3986 §3.2.2", "an IPv6 address without brackets", "::1"),
        ("3986 §3.2.2", "an empty address", "[]"),
        ("3986 §3.2.2", "what is no IPv6 address in brackets", "[1:2:3]"),
        ("3986 §3.2.2", "an IPv4 address in brackets", "[192.0.2.1]"),
        ("3986 §3.2.2", "letters after the bracket", "[::1]a"),
        ("3986 §3.2.2", "an IPv6 address with a zone", "[fe80::1%25eth0]"),
        ("3986 §2.1", "half an escape in the host", "a%4"),
        ("3986 §2.1", "a host's escape that isn't hexadecimal", "a%zz"),
    ]

    private static let others: [ConformanceCase] = [
        .refused(400, "9112 §3.2", "no Host in 1.1", "GET / HTTP/1.1\r\n\r\n"),
        .refused(
            400,
            "9112 §3.2",
            "Host twice, the same",
            .message("GET / HTTP/1.1", "Host: a", "Host: a")
        ),
        .refused(
            400,
            "9112 §3.2",
            "Host twice, in different letters",
            .message("GET / HTTP/1.1", "Host: a", "hOST: b")
        ),
        .refused(
            400,
            "9112 §3.2",
            "Host twice, in 1.0",
            .message("GET / HTTP/1.0", "Host: a", "Host: b")
        ),
        .refused(
            400,
            "9112 §3.2",
            "Host malformed, in 1.0",
            .message("GET / HTTP/1.0", "Host: a/b")
        ),
        .refused(
            400,
            "9112 §3.2.2",
            "no Host beside an absolute target",
            .message("GET http://a/ HTTP/1.1")
        ),
        .refused(
            400,
            "9112 §3.2",
            "a malformed Host beside an absolute target",
            .message("GET http://a/ HTTP/1.1", "Host: b/c")
        ),
        ConformanceCase(
            "9112 §3.2.2",
            "an absolute target goes before Host",
            .message("GET http://b:81/echo HTTP/1.1", "Host: a"),
            ExpectedAnswer(200, ["X-Host": "b:81"])
        ),
        ConformanceCase(
            "9112 §3.2.2",
            "an absolute target in HTTP/1.0 is a Host",
            .message("GET http://b:81/echo HTTP/1.0"),
            ExpectedAnswer(200, ["X-Host": "b:81"]),
            then: .closed
        ),
        ConformanceCase(
            "9112 §3.2",
            "HTTP/1.0 needs no Host",
            .message("GET /echo HTTP/1.0"),
            ExpectedAnswer(200, ["X-Host": .absent]),
            then: .closed
        ),
    ]
}
