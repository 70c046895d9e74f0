import TestSupport
import Testing

@testable import Segmenter

/// A run whose camera, network and clock a test makes up, and how far `RunClock` is off on it.
///
/// All times are in seconds.
struct SimulatedRun: Sendable, CustomTestStringConvertible {
    /// How long a part takes on the way, beyond what the quickest takes: by its moment.
    typealias Delay = @Sendable (Double, inout SplitMix64) -> Double

    var testDescription: String
    var length = 600.0
    /// From part to part.
    var interval = 0.2
    /// How much faster than true the camera's clock runs.
    var drift = 0.0
    /// From a moment on the camera's clock is ahead by so much.
    var jump: (at: Double, by: Double) = (.infinity, 0)
    /// From a moment on every part takes longer by so much.
    var detour: (at: Double, by: Double) = (.infinity, 0)
    var delay: Delay = { _, _ in 0 }

    private static let birth = Timestamp(microseconds: 1_700_000_000_000_000)
    private static let frame = Duration.milliseconds(40)

    struct Outcome {
        /// Of the newest part's end, by moment.
        var errors: [(moment: Double, error: Double)] = []
        /// The longest step back from one answer to the next, once settled.
        var stepBack = 0.0
        /// The longest step between what was said of a moment before and after a part, once settled.
        var tear = 0.0
        var clock = RunClock()

        /// The error that this share of all later than a moment stay below.
        func error(_ share: Double, after moment: Double = 60) -> Double {
            let later = errors.filter { $0.moment >= moment }.map { abs($0.error) }.sorted()
            return later[min(later.count - 1, Int(share * Double(later.count)))]
        }
    }

    func outcome(seed: UInt64 = 1) -> Outcome {
        var generator = SplitMix64(seed: seed)
        var outcome = Outcome()
        var last: (media: Duration, wall: Timestamp)?
        var lastArrival = 0.0
        for number in 1...Int(length / interval) {
            let moment = Double(number) * interval / (1 + drift)
            let jumped = moment > jump.at ? jump.by : 0
            let detoured = moment > detour.at ? detour.by : 0
            let media = Duration.seconds(Double(number) * interval + jumped)
            let late = delay(moment, &generator) + detoured
            // What comes by one connection stays in order.
            lastArrival = max(lastArrival + 0.000_1, moment + late)
            let wasSettled = outcome.clock.isSettled
            outcome.clock.observe(
                mediaEnd: media,
                closed: Self.birth + .seconds(lastArrival) + Self.frame,
                frameInterval: Self.frame
            )
            guard let wall = outcome.clock.wallTime(of: media) else { continue }
            let error = wall - (Self.birth + .seconds(moment + detoured))
            outcome.errors.append((moment, error.seconds))
            if let last, wasSettled {
                let again = outcome.clock.wallTime(of: last.media) ?? last.wall
                outcome.stepBack = max(outcome.stepBack, (last.wall - min(wall, again)).seconds)
                outcome.tear = max(outcome.tear, abs((again - last.wall).seconds))
            }
            last = (media, wall)
        }
        return outcome
    }
}

/// Delays as networks have them.
extension SimulatedRun {
    static func evenly(_ most: Double) -> Delay {
        { _, generator in .random(in: 0...most, using: &generator) }
    }

    /// A queue somewhere fills, overflows and empties.
    static func sawtooth(period: Double, height: Double) -> Delay {
        { moment, generator in
            moment.truncatingRemainder(dividingBy: period) / period * height
                + .random(in: 0...0.02, using: &generator)
        }
    }

    /// Nothing comes for two seconds in every eleven; then all at once.
    static let stalls: Delay = { moment, generator in
        let phase = moment.truncatingRemainder(dividingBy: 11)
        return (phase > 9 ? 11 - phase : 0) + .random(in: 0...0.1, using: &generator)
    }
}
