import Testing

@testable import HTTP

@Suite("Query string")
struct QueryStringTests {
    @Test("Keeps pairs in order, with repeats, decoded")
    func pairs() throws {
        let query = try #require(QueryString("a=1&b=x%20y&a=2&c&=d&e=f=g&&"))
        #expect(query.pairs.map(\.name) == ["a", "b", "a", "c", "", "e"])
        #expect(query.pairs.map(\.value) == ["1", "x y", "2", "", "d", "f=g"])
        #expect(query["a"] == "1")
        #expect(query.values(of: "a") == ["1", "2"])
        #expect(query["z"] == nil)
    }

    @Test("Is nil if malformed", arguments: ["a=%", "%zz=1", "a=%ff", "a=%00"])
    func malformed(_ text: String) {
        #expect(QueryString(text) == nil)
    }
}
