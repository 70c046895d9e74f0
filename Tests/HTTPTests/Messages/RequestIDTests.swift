import Testing

@testable import HTTP

@Suite("Request id")
struct RequestIDTests {
    @Test("A new id is 15 hexadecimal digits, and never the same")
    func new() {
        let ids = (0..<10_000).map { _ in RequestID.make() }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count == 15 && UInt64($0, radix: 16) != nil })
    }

    @Test(
        "A client's id is kept if it is short and visible",
        arguments: [
            ("a", true), ("7f-3.x/\"", true), (String(repeating: "x", count: 128), true),
            ("", false), ("a b", false), ("a\tb", false), ("ü", false), ("a\u{7F}", false),
            (String(repeating: "x", count: 129), false),
        ]
    )
    func accepted(_ text: String, _ isKept: Bool) {
        #expect(RequestID.accept(text) == (isKept ? text : nil))
    }

    @Test("Without one there is none to keep")
    func missing() {
        #expect(RequestID.accept(nil) == nil)
    }
}
