import TestSupport
import Testing

@testable import Archive

@Suite("Turns", .timeLimit(.minutes(1)))
struct TurnsTests {
    @Test("Work of one name is done one after the other, and none is forgotten")
    func exclusive() async {
        actor Room {
            private(set) var most = 0
            private(set) var all = 0
            private var inside = 0
            func enter() {
                inside += 1
                all += 1
                most = max(most, inside)
            }
            func leave() { inside -= 1 }
        }
        let turns = Turns()
        let room = Room()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    // Each has two of three names, in either order: they must not block each other.
                    let names = [["a", "b"], ["b", "c"], ["c", "a", "c"]][number % 3]
                    await turns.run(of: names) {
                        await room.enter()
                        await Task.yield()
                        await room.leave()
                    }
                }
            }
        }
        #expect(await room.most == 1)
        #expect(await room.all == 300)
    }

    @Test("Names in which nobody else is interested wait for nobody; an error frees them")
    func independent() async throws {
        let turns = Turns()
        let (gate, opener) = AsyncStream.makeStream(of: Never.self)
        let slow = Task { await turns.run(of: ["slow"]) { for await _ in gate {} } }
        let value = await turns.run(of: ["other"]) { 1 }
        #expect(value == 1)
        await #expect(throws: TestFailure.self) {
            try await turns.run(of: ["other"]) { () async throws -> Void in
                throw TestFailure("no")
            }
        }
        let again = await turns.run(of: ["other"]) { 2 }
        #expect(again == 2)
        let nameless = await turns.run(of: [String]()) { 3 }
        #expect(nameless == 3)
        opener.finish()
        await slow.value
        let free = await turns.run(of: ["slow"]) { 4 }
        #expect(free == 4)
    }
}
