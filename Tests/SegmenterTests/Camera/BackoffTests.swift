import Testing

@testable import Segmenter

@Suite("Back-off")
struct BackoffTests {
    @Test("Doubles from half a second to thirty seconds")
    func doubles() {
        var backoff = Backoff()
        let waits = (0..<12).map { _ in backoff.next(afterLiving: .zero, jitter: 1).seconds }
        #expect(waits == [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30])
    }

    @Test("Waits between half of its nominal length and all", arguments: [0, 0.25, 0.999])
    func jitter(_ jitter: Double) {
        var backoff = Backoff()
        for nominal in [0.5, 1, 2, 4, 8, 16, 30] {
            let wait = backoff.next(afterLiving: .zero, jitter: jitter).seconds
            #expect(abs(wait - nominal * (0.5 + jitter / 2)) < 0.000_001)
        }
    }

    @Test("Begins anew after a minute of good health, not before")
    func recovers() {
        var backoff = Backoff()
        for _ in 0..<5 { _ = backoff.next(afterLiving: .zero, jitter: 1) }
        #expect(backoff.next(afterLiving: .seconds(59), jitter: 1) == .seconds(16))
        #expect(backoff.next(afterLiving: .seconds(60), jitter: 1) == .milliseconds(500))
        #expect(backoff.next(afterLiving: .seconds(1), jitter: 1) == .seconds(1))
    }
}
