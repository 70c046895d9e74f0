import Testing

@testable import Server

@Suite("API keys")
struct APIKeysTests {
    private let keys = APIKeys(all: ["a", "b"], read: ["r"], trigger: ["t"])

    @Test(
        "A key allows what it is for",
        arguments: [
            ("a", true, true, true), ("b", true, true, true), ("r", true, false, false),
            ("t", false, true, false), ("", false, false, false), ("ab", false, false, false),
        ]
    )
    func allows(key: String, read: Bool, trigger: Bool, everything: Bool) {
        #expect(keys.allows(key, .read) == read)
        #expect(keys.allows(key, .trigger) == trigger)
        #expect(keys.allows(key, .everything) == everything)
        #expect(keys.contains(key) == (read || trigger))
    }

    @Test(
        "Comparing tells equal from different",
        arguments: [
            ("", "", true), ("a", "", false), ("", "a", false), ("abc", "abc", true),
            ("abc", "abd", false), ("abc", "abcabc", false), ("abc", "ab", false), ("ä", "ä", true),
        ]
    )
    func equality(secret: String, candidate: String, equal: Bool) {
        #expect(APIKeys.areEqual(secret, candidate) == equal)
    }

    @Test("A session's cookie stands for its key, and no other cookie does")
    func sessions() {
        let sessions = Sessions()
        let token = sessions.begin(with: "r")
        #expect(token.count == 64 && token != sessions.begin(with: "r"))
        #expect(sessions.key(inCookie: "a=b; hindsight_session=\(token); c=d") == "r")
        #expect(sessions.key(inCookie: "hindsight_session=\(token)x") == nil)
        #expect(sessions.key(inCookie: "session=\(token)") == nil)
        #expect(sessions.key(inCookie: "") == nil)
    }
}
