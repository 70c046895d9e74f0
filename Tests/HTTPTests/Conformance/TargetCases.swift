/// The forms of a target, and what becomes of its path (RFC 9112 §3.2, RFC 3986 §2 and §3).
enum TargetCases {
    static let all: [ConformanceCase] =
        paths.map { section, name, target, path in
            ConformanceCase(
                section,
                name,
                .get(target),
                ExpectedAnswer(200, ["X-Path": .value(path)])
            )
        }
        + parts.map { section, name, target, part in
            ConformanceCase(
                section,
                name,
                .get(target),
                ExpectedAnswer(200, ["X-Part": .value(part)])
            )
        }
        + outside.map { section, name, target in
            ConformanceCase(section, name, .get(target), ExpectedAnswer(404))
        }
        + malformed.map { section, name, target in
            .refused(400, section, name, .get(target))
        } + queries + others

    /// Targets and the decoded path.
    private static let paths = [
        ("9112 §3.2.1", "origin form", "/echo", "/echo"),
        ("9112 §3.2.1", "a query is not of the path", "/echo?/x", "/echo"),
        ("9112 §3.2.1", "an empty query", "/echo?", "/echo"),
        ("9112 §3.2.2", "absolute form", "http://example.org/echo", "/echo"),
        ("9112 §3.2.2", "absolute form with port and query", "http://a:81/echo?q=1", "/echo"),
        ("9110 §4.2.3", "a scheme in capitals", "HTTP://a/echo", "/echo"),
        ("3986 §2.3", "escapes of letters", "/%65%63ho", "/echo"),
    ]

    /// Targets and the decoded part behind `/echo/`.
    private static let parts = [
        ("3986 §2.1", "an escaped space", "/echo/a%20b", "a b"),
        ("3986 §2.1", "hexadecimal in any letters", "/echo/%4a%4A", "JJ"),
        ("3986 §2.4", "what is decoded once is not decoded twice", "/echo/%2541", "%41"),
        ("3986 §2.2", "an escaped slash parts nothing", "/echo/a%2Fb", "a/b"),
        ("3986 §2.2", "an escaped question mark begins no query", "/echo/a%3Fq=1", "a?q=1"),
        ("3986 §2.2", "an escaped hash begins no fragment", "/echo/a%23b", "a#b"),
        ("3986 §3.3", "a plus in a path is a plus", "/echo/a+b", "a+b"),
        ("3986 §3.3", "what else a path may hold", "/echo/a;b=c,d:@!$&'()*~", "a;b=c,d:@!$&'()*~"),
        ("3986 §3.3", "dots without a slash behind", "/echo/...", "..."),
        ("9112 §3.2.2", "a part of an absolute target", "http://a/echo/b%20c", "b c"),
    ]

    /// Targets that lead to no file, least of all to one outside.
    private static let outside = [
        ("3986 §3.3", "dots", "/../secret"),
        ("3986 §3.3", "escaped dots", "/%2e%2e/secret"),
        ("3986 §3.3", "dots with an escaped slash", "/..%2fsecret"),
        ("3986 §3.3", "dots with an escaped backslash", "/..%5csecret"),
        ("3986 §3.3", "dots with a backslash", "/..\\secret"),
        ("3986 §3.3", "dots behind a folder", "/sub/../../secret"),
        ("3986 §3.3", "dots that stay within", "/sub/../clip.mp4"),
        ("3986 §2.4", "dots escaped twice", "/%252e%252e/secret"),
        ("3986 §3.3", "an absolute path behind the root", "//etc/passwd"),
        ("3986 §3.3", "an escaped absolute path", "/%2fetc%2fpasswd"),
        ("9112 §3.2.2", "dots in an absolute target", "http://a/../secret"),
        ("3986 §2.2", "an escaped slash within a folder", "/sub%2findex.html"),
        ("3986 §3.3", "a single dot", "/."),
        ("3986 §3.3", "a dot in between", "/./clip.mp4"),
        ("3986 §3.3", "a file with a slash behind", "/clip.mp4/"),
        ("3986 §3.3", "a folder without its slash", "/sub"),
        ("3986 §6.2.2.1", "a path in other letters", "/ECHO"),
        ("9110 §15.5.5", "a file behind a link out of the folder", "/up/secret"),
        ("9110 §15.5.5", "a link", "/link.mp4"),
    ]

    private static let malformed = [
        ("9112 §3.2", "a path without its slash", "echo"),
        ("9112 §3.2", "a query alone", "?q"),
        ("9112 §3.2", "a fragment", "/echo#x"),
        ("9112 §3.2", "a fragment behind a query", "/echo?q#x"),
        ("9112 §3.2.3", "a host and port for GET", "a:80"),
        ("9112 §3.2.4", "an asterisk for GET", "*"),
        ("9112 §3.2.4", "an asterisk and more", "*/"),
        ("9112 §3.2.2", "another scheme", "ftp://a/echo"),
        ("9112 §3.2.2", "no scheme's slashes", "http:/echo"),
        ("9110 §4.2.1", "an absolute target without a host", "http:///echo"),
        ("9110 §4.2.1", "an absolute target with a port only", "http://:80/echo"),
        ("9110 §4.2.4", "user information", "http://u:p@a/echo"),
        ("9112 §3.2.2", "a malformed host", "http://[1/echo"),
        ("3986 §2.1", "an escape of one digit", "/echo/%4"),
        ("3986 §2.1", "a percent sign alone", "/echo/%"),
        ("3986 §2.1", "an escape that isn't hexadecimal", "/echo/%4g"),
        ("3986 §2.1", "an escape with a sign", "/echo/%+1"),
        ("3986 §2.1", "a malformed escape in a query", "/echo?q=%zz"),
        ("3986 §7.3", "NUL in a path", "/clip.mp4%00.html"),
        ("3986 §7.3", "CR LF in a path", "/echo/%0d%0aX:y"),
        ("3986 §2.5", "an overlong slash", "/echo/..%c0%af"),
        ("3986 §2.5", "half a surrogate", "/echo/%ed%a0%80"),
        ("3986 §2.5", "half a character", "/echo/%c3"),
        ("3986 §7.3", "NUL in a query", "/echo?q=%00"),
    ]

    private static let queries: [ConformanceCase] = [
        ConformanceCase(
            "3986 §3.4",
            "a query may hold slashes and question marks",
            .get("/echo?q=a/b?c"),
            ExpectedAnswer(200, ["X-Query": "a/b?c"])
        ),
        ConformanceCase(
            "3986 §3.4",
            "a query of an absolute target without a path",
            .get("http://a?q=1"),
            ExpectedAnswer(200, ["Content-Type": "text/html; charset=utf-8"], body: "<p>home")
        ),
        ConformanceCase(
            "3986 §2.4",
            "a query is decoded once",
            .get("/echo?q=%2526%26"),
            ExpectedAnswer(200, ["X-Query": "%26&"])
        ),
    ]

    private static let others: [ConformanceCase] = [
        ConformanceCase(
            "9110 §4.2.3",
            "an absolute target without a path means the root",
            .get("http://a"),
            ExpectedAnswer(200, body: "<p>home")
        ),
        .refused(
            421,
            "9110 §7.4",
            "an https target over a connection that isn't secured",
            .get("https://a/echo")
        ),
        ConformanceCase(
            "9112 §3.2.4",
            "OPTIONS *",
            .message("OPTIONS * HTTP/1.1", "Host: a"),
            ExpectedAnswer(204, ["Allow": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"])
        ),
        ConformanceCase(
            "9110 §4.2.3",
            "OPTIONS of an absolute target without a path means the server",
            .message("OPTIONS http://a:81 HTTP/1.1", "Host: a"),
            ExpectedAnswer(204, ["Allow": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"])
        ),
        ConformanceCase(
            "9110 §4.2.3",
            "OPTIONS of the root means the root",
            .message("OPTIONS http://a/ HTTP/1.1", "Host: a"),
            ExpectedAnswer(204, ["Allow": "GET, HEAD, OPTIONS"])
        ),
        .refused(
            400,
            "9112 §3.2.4",
            "an asterisk with a query",
            .message("OPTIONS *?q HTTP/1.1", "Host: a")
        ),
        .refused(
            400,
            "9112 §3.2.4",
            "an asterisk for POST",
            .message("POST * HTTP/1.1", "Host: a", "Content-Length: 0")
        ),
    ]
}
