import HTTP
import Testing

@testable import Server

@Suite("Blocking playlist reload")
struct BlockingReloadTests {
    private func read(_ text: String) throws -> BlockingReload? {
        try BlockingReload(try #require(QueryString(text)))
    }

    @Test("Is asked for by a segment's number, and a part's within it; other queries are let be")
    func query() throws {
        #expect(try read("_HLS_msn=7") == BlockingReload(segment: 7))
        #expect(try read("_HLS_msn=7&_HLS_part=0&_HLS_skip=YES") == .init(segment: 7, part: 0))
        #expect(try read("_HLS_skip=YES&token=1") == nil)
        #expect(try read("") == nil)
    }

    @Test(
        "What is malformed is refused",
        arguments: [
            "_HLS_part=1", "_HLS_msn=", "_HLS_msn=-1", "_HLS_msn=x", "_HLS_msn=1&_HLS_part=y",
        ]
    )
    func malformed(_ text: String) {
        #expect(throws: HTTPError.self) { try read(text) }
    }

    /// Of entry 12 there are three parts.
    private let tip = LiveListing.Tip(number: 12, parts: 3, isOpen: true, isInParts: true)

    @Test(
        "Waits for what is not there, and for no more than that",
        arguments: [
            (BlockingReload(segment: 9), true), (.init(segment: 9, part: 99), true),
            (.init(segment: 11), true), (.init(segment: 11, part: 1), true),
            // Past the last part of 11 is the first one of 12.
            (.init(segment: 11, part: 2), true),
            (.init(segment: 12), false), (.init(segment: 12, part: 2), true),
            (.init(segment: 12, part: 3), false), (.init(segment: 13, part: 0), false),
        ]
    )
    func isMet(_ wish: BlockingReload, _ expected: Bool) {
        #expect(wish.isMet(by: tip) == expected)
    }

    @Test("Whoever waits for a part gets the whole entry where that is not listed by parts")
    func whole() {
        let wish = BlockingReload(segment: 12, part: 0)
        for isOpen in [true, false] {
            let tip = LiveListing.Tip(number: 12, parts: 0, isOpen: isOpen, isInParts: false)
            #expect(wish.isMet(by: tip) == !isOpen)
        }
    }

    @Test(
        "More than two segments ahead, or more than three seconds of parts, is too far",
        arguments: [
            (BlockingReload(segment: 5), false), (.init(segment: 12), false),
            (.init(segment: 13, part: 0), false), (.init(segment: 13), false),
            (.init(segment: 14), true), (.init(segment: 14, part: 0), true),
            // Three parts are there; 3 s hold twelve of 0.25 s.
            (.init(segment: 12, part: 14), false), (.init(segment: 12, part: 15), true),
            (.init(segment: 13, part: 11), false), (.init(segment: 13, part: 12), true),
            (.init(segment: 11, part: 99), false),
        ]
    )
    func isTooFar(_ wish: BlockingReload, _ expected: Bool) {
        #expect(wish.isTooFar(ahead: tip, partTarget: .milliseconds(250)) == expected)
    }
}
