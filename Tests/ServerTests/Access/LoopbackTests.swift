import Testing

@testable import Server

@Suite("Names of this machine alone")
struct LoopbackTests {
    @Test(
        "Only localhost and loopback addresses count",
        arguments: [
            ("localhost", true), ("127.0.0.1", true), ("127.1.2.3", true), ("::1", true),
            ("127.example.com", false), ("127.0.0.1.example.com", false), ("127.0.0", false),
            ("127.0.0.256", false), ("127..0.1", false), ("128.0.0.1", false), ("0.0.0.0", false),
            ("", false), ("localhost.example.com", false),
        ]
    )
    func contains(host: String, expected: Bool) {
        #expect(Loopback.contains(host) == expected)
    }
}
