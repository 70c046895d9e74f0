import Testing

@testable import Segmenter

@Suite("Events of a run")
struct RunEventsTests {
    private func texts(_ events: RunEvents, _ count: Int) async -> [String] {
        var texts: [String] = []
        for await event in events.stream {
            switch event {
            case .log(let line): texts.append(line)
            case .tick: texts.append("tick")
            case .ended(let status): texts.append("\(status)")
            case .found: texts.append("found")
            }
            if texts.count == count { break }
        }
        return texts
    }

    @Test("Come in the order in which they happen")
    func order() async {
        let events = RunEvents()
        events.add(line: "one")
        events.add(.tick)
        events.add(line: "two")
        events.add(.ended(.exited(code: 1)))
        #expect(await texts(events, 4) == ["one", "tick", "two", "\(ExitStatus.exited(code: 1))"])
    }

    @Test("Lines that nobody reads are bounded, and what ends the run comes all the same")
    func bounded() async {
        let events = RunEvents()
        for number in 0..<10_000 { events.add(line: "\(number)") }
        events.add(.ended(.exited(code: 0)))
        let texts = await texts(events, 501)
        #expect(texts.dropLast() == (0..<500).map(String.init)[...])
        #expect(texts.last == "\(ExitStatus.exited(code: 0))")
        // Whoever reads on gets the next ones.
        for _ in 0..<500 { events.finishLine() }
        events.add(line: "again")
        #expect(await self.texts(events, 1) == ["again"])
    }
}
