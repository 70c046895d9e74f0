import Segmenter
import Testing

@testable import Archive

@Suite("UUID version 7 (RFC 9562 §5.7)")
struct UUIDv7Tests {
    @Test("Has the form 8-4-4-4-12 with version 7 and variant 2")
    func form() {
        for _ in 0..<200 {
            let id = Array(UUIDv7.make(at: .event))
            #expect(id.count == 36)
            #expect([8, 13, 18, 23].allSatisfy { id[$0] == "-" })
            #expect(id[14] == "7")
            #expect("89ab".contains(id[19]))
            #expect(UUIDv7.isValid(String(id)))
        }
    }

    @Test("Begins with the milliseconds since 1970")
    func time() {
        let id = UUIDv7.make(at: .event + .milliseconds(7))
        let digits = id.filter { $0 != "-" }.prefix(12)
        #expect(Int64(digits, radix: 16) == 1_700_000_000_007)
    }

    @Test("Sorts by the time of its making")
    func order() {
        let ids = (0..<500).map { UUIDv7.make(at: .event + .milliseconds($0 * 37)) }
        #expect(ids == ids.sorted())
    }

    @Test("No two of one moment are the same")
    func unique() {
        #expect(Set((0..<10_000).map { _ in UUIDv7.make(at: .event) }).count == 10_000)
    }

    @Test(
        "Knows what none of its own looks like",
        arguments: [
            "", "-", "0", "../../../../etc/passwd",
            "018bcfe5-6800-7000-8000-00000000000",
            "018bcfe5-6800-7000-8000-0000000000000",
            "018bcfe568007000800000000000000",
            "018BCFE5-6800-7000-8000-000000000000",
            "018bcfe5-6800-7000-8000-00000000000g",
            "018bcfe5-6800-7000-8000-0000000000/0",
            "018bcfe5-6800-7000-8000-00000000000０",
            "018bcfe5-6800-4000-8000-000000000000",
            "018bcfe5-6800-7000-c000-000000000000",
            "018bcfe5--6800-7000-8000-000000000000",
        ]
    )
    func invalid(_ text: String) {
        #expect(!UUIDv7.isValid(text))
    }
}
