import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Search for words")
struct TextMatchTests {
    @Test(
        "All words must occur, the last may be a beginning, and nothing in them is syntax",
        arguments: [
            ("gate", #""gate" *"#), ("  gate  3 ", #""gate" "3" *"#), ("gate-3", #""gate-3" *"#),
            ("a OR b", #""a" "OR" "b" *"#), (#"say "hi""#, #""say" "hi" *"#),
            (#"a"b"#, #""a b" *"#),
            ("a\"\u{301}b", "\"a \u{301}b\" *"), ("a\0b\tc", #""a" "b" "c" *"#),
            ("- gate *", #""gate" *"#),
        ]
    )
    func expression(_ text: String, _ expression: String) {
        #expect(TextMatch(text)?.expression == expression)
    }

    @Test(
        "Without a letter or a digit there is nothing to search for",
        arguments: ["", " ", "-\"*"]
    )
    func nothing(_ text: String) {
        #expect(TextMatch(text) == nil)
    }

    @Test("Whatever is typed, FTS5 takes it, and finds what should be found")
    func anything() async throws {
        let folder = try TemporaryFolder()
        let table = try ClipTable(path: folder.path + "/test.db", mode: .readWrite)
        var clip = Clip.example()
        clip.label = "Gate-3 Über"
        clip.note = "OR the NEAR\"quote\" a:b ½ 👍 日本語"
        try await table.insert(clip)
        let found = [
            "gate", "GAT", "gate-3", "gate 3", "uber", "über g", "quote", "or the", "near", "a:b",
            "3 gat", "日本", "½", "label gate".replacing("label ", with: ""), "the*", "(gate)",
        ]
        for text in found {
            let page = try await table.clips(matching: ClipQuery(text: text), limit: 9)
            #expect(page.clips == [clip], "\(text)")
        }
        // Not in a row, not in this order, not there.
        for text in [
            "3-gate", "gate AND NOT", "label:gate", "ate", "gate 4", "g über", "\u{1F9FF}x",
        ] {
            let page = try await table.clips(matching: ClipQuery(text: text), limit: 9)
            #expect(page.clips.isEmpty, "\(text)")
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let scalars = (0..<Int.random(in: 1...12)).map { _ -> Character in
                let odd = "\"'*:^()-+{}[]\0\u{301}\u{200D}%_ aé½\u{E000}\u{1E900}\u{16E40}"
                return odd.randomElement(using: &random) ?? " "
            }
            let text = String(scalars)
            _ = try await table.clips(matching: ClipQuery(text: text), limit: 9)
        }
    }
}
