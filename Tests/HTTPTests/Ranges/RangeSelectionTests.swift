import Testing

@testable import HTTP

@Suite("Range selection (RFC 9110 §14)")
struct RangeSelectionTests {
    @Test(
        "Selects the parts asked for, of a thousand bytes",
        arguments: [
            ("bytes=0-499", [0..<500]),
            ("bytes=500-999", [500..<1000]),
            ("bytes=-500", [500..<1000]),
            ("bytes=9-", [9..<1000]),
            ("bytes=0-0", [0..<1]),
            ("bytes=999-", [999..<1000]),
            ("bytes=-2000", [0..<1000]),
            ("bytes=0-5000", [0..<1000]),
            ("BYTES=0-0", [0..<1]),
            ("bytes= 0-0 ,\t-1 ", [0..<1, 999..<1000]),
            ("bytes=0-0,,-1", [0..<1, 999..<1000]),
            ("bytes=700-701,0-9", [700..<702, 0..<10]),
            ("bytes=0-9,10-19", [0..<20]),
            ("bytes=0-9,5-19", [0..<20]),
            ("bytes=0-9,20-29,5-24", [0..<30]),
            ("bytes=0-9,2000-", [0..<10]),
            ("bytes=0-99999999999999999999", [0..<1000]),
            ("bytes=-99999999999999999999", [0..<1000]),
        ]
    )
    func selects(_ field: String, _ ranges: [Range<Int>]) {
        #expect(RangeSelection(field, size: 1000) == .parts(ranges))
    }

    @Test(
        "Ignores a field that is malformed, of another unit, or an attack",
        arguments: [
            "", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=0-9,5-2",
            "bytes=+1-2", "bytes=1--2", "bytes=1-2-3", "bytes 0-1", "items=0-1", "bytes=0 - 1",
            "bytes=" + Array(repeating: "0-0", count: 65).joined(separator: ","),
            "bytes=0-998,0-997,0-996,999-999,0-1,500-",
        ]
    )
    func ignores(_ field: String) {
        let selection = RangeSelection(field, size: 1000)
        // The last one comes down to the whole by being joined.
        #expect(selection == .whole || selection == .parts([0..<1000]))
    }

    @Test("No field means the whole")
    func absent() {
        #expect(RangeSelection(nil, size: 1000) == .whole)
    }

    @Test("Ranges that overlap many times over but stay apart are answered with the whole")
    func amplification() {
        let field = "bytes=0-997,0-997,999-999"
        #expect(RangeSelection(field, size: 1000) == .whole)
    }

    @Test(
        "Nothing within the file is unsatisfiable (§15.5.17)",
        arguments: ["bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999-"]
    )
    func unsatisfiable(_ field: String) {
        #expect(RangeSelection(field, size: 1000) == .unsatisfiable)
    }

    @Test("An empty file satisfies no range", arguments: ["bytes=0-", "bytes=-1", "bytes=0-0"])
    func emptyFile(_ field: String) {
        #expect(RangeSelection(field, size: 0) == .unsatisfiable)
    }
}
