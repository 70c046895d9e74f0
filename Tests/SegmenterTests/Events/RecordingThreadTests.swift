import Synchronization
import TestSupport
import Testing

@testable import Segmenter

@Suite("Recording thread")
struct RecordingThreadTests {
    /// Lives on a thread, and says whether it is there.
    private actor Resident {
        private let thread: RecordingThread
        nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }
        private(set) var count = 0

        init(on thread: RecordingThread) { self.thread = thread }

        func add() {
            thread.checkIsolated()
            count += 1
        }
    }

    private let thread = RecordingThread()

    @Test("Runs an actor's work, also of many at once, all of it on one thread")
    func executor() async {
        let resident = Resident(on: thread)
        await withTaskGroup { group in
            for _ in 0..<1000 { group.addTask { await resident.add() } }
        }
        #expect(await resident.count == 1000)
        #expect(thread.isIsolatingCurrentContext() == false)
    }

    @Test(
        "A look can reach the actors that live there without waiting, and ends when it is removed"
    )
    func looks() async throws {
        let resident = Resident(on: thread)
        let look = thread.addLook {
            resident.assumeIsolated { $0.add() }
            return .zero
        }
        try await eventually("some looks") { await resident.count >= 5 }
        thread.removeLook(look)
        // What had begun when it was removed has ended when this has.
        await resident.add()
        let count = await resident.count
        let passed = Atomic(0)
        let other = thread.addLook {
            passed.add(1, ordering: .relaxed)
            return .zero
        }
        try await eventually("others") { passed.load(ordering: .relaxed) >= 5 }
        thread.removeLook(other)
        #expect(await resident.count == count)
    }

    @Test("A look is called when it asked to be, not before")
    func rest() async throws {
        let moments = Gathered<ContinuousClock.Instant>()
        let look = thread.addLook {
            moments.add(.now)
            return .milliseconds(100)
        }
        try await eventually("four looks") { moments.values.count >= 4 }
        thread.removeLook(look)
        let waits = zip(moments.values.dropFirst(), moments.values).map { $0 - $1 }
        #expect(waits.allSatisfy { $0 >= .milliseconds(90) }, "\(waits)")
    }
}
