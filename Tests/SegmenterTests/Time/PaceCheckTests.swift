import TestSupport
import Testing

@testable import Segmenter

@Suite("Check of a media clock's pace")
struct PaceCheckTests {
    /// When a run's clock was found to run at a wrong pace, if it was, and at which; of frames this far apart on
    /// the clock that come with a delay. All in seconds.
    private func verdict(
        _ pace: Double,
        every interval: Double = 0.2,
        seed: UInt64 = 1,
        _ delay: SimulatedRun.Delay = { _, _ in 0 }
    ) -> (found: Double, pace: Double)? {
        var generator = SplitMix64(seed: seed)
        var check = PaceCheck()
        var arrival = 0.0
        for number in 1...Int(100 * pace / interval) {
            let moment = Double(number) * interval / pace
            arrival = max(arrival + 0.000_1, moment + delay(moment, &generator))
            check.add(media: Double(number) * interval, arrival: arrival)
            if let pace = check.wrongPace { return (arrival, pace) }
        }
        return nil
    }

    @Test(
        "A wrong pace is found within seconds, whatever the network adds",
        arguments: [
            (0.7, 0.2), (1.4, 0.2), (2, 0.2), (10.5, 0.2), (10.5, 2), (0.0111, 0.0222), (0.5, 0.2),
            (1.4, 1.4), (0.7, 0.7),
        ],
        [1, 2, 3]
    )
    func wrong(_ clock: (pace: Double, interval: Double), _ seed: UInt64) throws {
        for delay in [SimulatedRun.evenly(0), SimulatedRun.evenly(0.3), SimulatedRun.stalls] {
            let verdict = verdict(clock.pace, every: clock.interval, seed: seed, delay)
            let found = try #require(verdict)
            // A clock that is seen every two seconds takes longer.
            #expect(found.found < (clock.pace < 0.1 ? 13 : 10))
            #expect(abs(found.pace / clock.pace - 1) < 0.1)
        }
    }

    @Test("What is off by little takes longer", arguments: [0.9, 1.1, 0.95, 1.05])
    func nearlyRight(_ pace: Double) throws {
        let found = try #require(verdict(pace))
        #expect(found.found < 20)
        #expect(abs(found.pace / pace - 1) < 0.01)
    }

    @Test(
        "Neither a drift nor delay is a wrong pace, however frames come",
        arguments: [1, 1.01, 0.99],
        [0.2, 1, 2, 5]
    )
    func right(_ pace: Double, _ interval: Double) {
        let delays: [SimulatedRun.Delay] = [
            SimulatedRun.evenly(0), SimulatedRun.evenly(0.3), SimulatedRun.stalls,
            SimulatedRun.sawtooth(period: 3.3, height: 0.4),
            // What was held back while ffmpeg probed.
            { moment, _ in max(0, 3 - moment) },
        ]
        for delay in delays {
            for seed: UInt64 in 1...5 {
                #expect(verdict(pace, every: interval, seed: seed, delay) == nil)
            }
        }
    }

    @Test(
        "A queue that begins to grow when the pace was right is no slow clock, nor is a hang",
        arguments: [6.0, 8, 15, 30],
        [0.2, 1]
    )
    func queue(_ start: Double, _ interval: Double) {
        let queue = SimulatedRun.queue(from: start, growingFor: 60, to: 31, emptyingFor: 20)
        #expect(verdict(1, every: interval, queue) == nil)
        let hang = SimulatedRun.queue(from: start, growingFor: 0.01, to: 6, emptyingFor: 6)
        #expect(verdict(1, every: interval, hang) == nil)
    }

    @Test("It is doubted at once, and no longer than some seconds")
    func doubt() {
        var check = PaceCheck()
        #expect(check.isDoubtful)
        // Nobody can say yet what this is.
        for number in 0..<6 { check.add(media: Double(number) * 3, arrival: Double(number) * 0.3) }
        #expect(check.isDoubtful)
        check = PaceCheck()
        for number in 0..<6 {
            check.add(media: Double(number) * 0.3, arrival: Double(number) * 0.3)
        }
        #expect(!check.isDoubtful)
    }
}

extension PaceCheckTests {
    @Test("Takes any times, in any order, without a trap")
    func anything() {
        var generator = SplitMix64(seed: 5)
        var check = PaceCheck()
        for _ in 0..<2000 {
            let range = [1, 1e3, 1e9].randomElement(using: &generator)!
            check.add(
                media: .random(in: -range...range, using: &generator),
                arrival: .random(in: -range...range, using: &generator)
            )
            _ = check.isDoubtful
        }
        #expect(check.wrongPace == nil || check.wrongPace != 1)
    }
}
