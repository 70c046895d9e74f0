import Testing

@testable import Segmenter

@Suite("Line splitter")
struct LineSplitterTests {
    private func lines(_ pieces: [[UInt8]]) -> [String] {
        var splitter = LineSplitter()
        var lines: [String] = []
        for piece in pieces { piece.withUnsafeBytes { lines += splitter.lines(adding: $0) } }
        if let last = splitter.finish() { lines.append(last) }
        return lines
    }

    @Test(
        "Cuts at line feeds and carriage returns, and leaves empty lines out",
        arguments: [
            ("", []),
            ("\n\r\n", []),
            ("one", ["one"]),
            ("one\n", ["one"]),
            ("one\ntwo", ["one", "two"]),
            ("one\r\ntwo\r\n", ["one", "two"]),
            ("frame=1\rframe=2\r", ["frame=1", "frame=2"]),
            ("grüße\n\n\nЖ\n", ["grüße", "Ж"]),
        ] as [(String, [String])]
    )
    func cuts(_ text: String, _ expected: [String]) {
        #expect(lines([Array(text.utf8)]) == expected)
        #expect(lines(text.utf8.map { [$0] }) == expected)
    }

    @Test("Joins what comes in pieces")
    func pieces() {
        #expect(lines(["on", "e\ntw", "", "o\n"].map { Array($0.utf8) }) == ["one", "two"])
    }

    @Test("Cuts off what is longer than a line may be")
    func limit() {
        let long = String(repeating: "x", count: 10_000)
        #expect(lines([Array((long + "\nnext\n").utf8)]).map(\.utf8.count) == [4096, 4])
    }

    @Test("Takes bytes that are no text")
    func binary() {
        #expect(lines([[0xff, 0x00, 0x0a]]) == ["\u{fffd}\0"])
    }
}
