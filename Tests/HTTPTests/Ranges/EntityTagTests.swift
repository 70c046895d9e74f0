import Testing

@testable import HTTP

@Suite("Entity tag (RFC 9110 §8.8.3)")
struct EntityTagTests {
    @Test("Reads lists of strong and weak tags")
    func lists() {
        let expected = [EntityTag("a"), EntityTag("b,c", isWeak: true), EntityTag("")]
        #expect(EntityTag.parseList(#" "a" , W/"b,c",,"" "#) == expected)
    }

    @Test(
        "Refuses what is no tag",
        arguments: ["", "a", "\"a", "a\"", "w/\"a\"", "W/a", "\"a\" \"b\"", "\"a b\"", "*", ","]
    )
    func malformed(_ text: String) {
        #expect(EntityTag.parseList(text) == nil)
    }

    @Test("One tag is not a list")
    func single() {
        #expect(EntityTag(parsing: "W/\"a\"") == EntityTag("a", isWeak: true))
        #expect(EntityTag(parsing: "\"a\", \"b\"") == nil)
    }

    @Test("Compares as §8.8.3.2 tabulates")
    func comparison() {
        let (weak1, weak2) = (EntityTag("1", isWeak: true), EntityTag("2", isWeak: true))
        let strong1 = EntityTag("1")
        #expect(!weak1.matchesStrongly(weak1) && weak1.matchesWeakly(weak1))
        #expect(!weak1.matchesStrongly(weak2) && !weak1.matchesWeakly(weak2))
        #expect(!weak1.matchesStrongly(strong1) && weak1.matchesWeakly(strong1))
        #expect(strong1.matchesStrongly(strong1) && strong1.matchesWeakly(strong1))
    }
}
