import Testing

@testable import Server

@Suite("Revision cache")
struct RevisionCacheTests {
    @Test("A value is given out at its own revision only")
    func revisions() {
        let cache = RevisionCache<String, Int>(limit: 10)
        #expect(cache.value(for: "a", at: 0) == nil)
        cache.store(1, for: "a", at: 0)
        #expect(cache.value(for: "a", at: 0) == 1)
        #expect(cache.value(for: "a", at: 1) == nil)
        cache.store(2, for: "b", at: 1)
        #expect(cache.value(for: "a", at: 1) == nil)
        #expect(cache.value(for: "b", at: 1) == 2)
    }

    @Test("What was worked out while the archive changed is not kept")
    func overtaken() {
        let cache = RevisionCache<String, Int>(limit: 10)
        cache.store(2, for: "a", at: 2)
        cache.store(1, for: "a", at: 1)
        #expect(cache.value(for: "a", at: 2) == 2)
        #expect(cache.value(for: "a", at: 1) == nil)
    }

    @Test("It starts afresh rather than grow, and takes nothing larger than itself")
    func limits() {
        let cache = RevisionCache<Int, Int>(limit: 10)
        for key in 0..<4 { cache.store(key, for: key, at: 0, cost: 3) }
        #expect(cache.value(for: 3, at: 0) == 3)
        #expect(cache.value(for: 2, at: 0) == nil)
        cache.store(5, for: 5, at: 0, cost: 11)
        #expect(cache.value(for: 5, at: 0) == nil)
        #expect(cache.value(for: 3, at: 0) == 3)
    }
}
