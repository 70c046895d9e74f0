import TestSupport
import Testing

@testable import Segmenter

/// A run whose camera, network and clock a test makes up, and how far `RunClock` is off on it.
///
/// All times are in seconds.
struct SimulatedRun: Sendable, CustomTestStringConvertible {
    /// How long a frame takes on the way, beyond what the quickest takes: by its moment.
    typealias Delay = @Sendable (Double, inout SplitMix64) -> Double

    var testDescription: String
    var length = 600.0
    /// From observation to observation.
    var interval = 0.2
    /// How much faster than true the camera's clock runs.
    var drift = 0.0
    /// From a moment on the camera's clock is ahead by so much.
    var jump: (at: Double, by: Double) = (.infinity, 0)
    /// From a moment on every frame takes longer by so much.
    var detour: (at: Double, by: Double) = (.infinity, 0)
    var delay: Delay = { _, _ in 0 }

    private static let birth = SteadyTime(microseconds: 1_700_000_000_000_000)

    struct Outcome {
        /// What was said of the newest frame when it came.
        struct Answer {
            let moment: Double
            /// How much later than it was taken.
            let error: Double
            let accuracy: Double
            /// How much earlier than it arrived; negative: it was dated into the future.
            let age: Double
            let lag: Double
            let isSettled: Bool
        }

        var answers: [Answer] = []
        /// The longest step back from one answer to the next, once settled.
        var stepBack = 0.0
        /// The longest step between what was said of a moment before and after a frame, once settled.
        var tear = 0.0
        var clock = RunClock()

        /// The error that this share of all later than a moment stay below.
        func error(_ share: Double, after moment: Double = 60) -> Double {
            let later = answers.filter { $0.moment >= moment }.map { abs($0.error) }.sorted()
            return later[min(later.count - 1, Int(share * Double(later.count)))]
        }

        /// By how much the worst answer was beyond its stated accuracy, once settled; zero if none was.
        var dishonesty: Double {
            answers.filter(\.isSettled).map { abs($0.error) - $0.accuracy }.max().map { max(0, $0) }
                ?? 0
        }

        /// By how much the worst answer lay after the frame's arrival, once settled; zero if none did.
        var prophecy: Double {
            max(0, -(answers.filter(\.isSettled).map(\.age).min() ?? 0))
        }
    }

    func outcome(seed: UInt64 = 1) -> Outcome {
        var generator = SplitMix64(seed: seed)
        var outcome = Outcome()
        var last: (media: Duration, steady: SteadyTime)?
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
            let arrival = Self.birth + .seconds(lastArrival)
            outcome.clock.observe(media: media, arrived: arrival)
            guard let steady = outcome.clock.steadyTime(of: media) else { continue }
            outcome.answers.append(
                Outcome.Answer(
                    moment: moment,
                    error: (steady - (Self.birth + .seconds(moment + detoured))).seconds,
                    accuracy: outcome.clock.accuracy.seconds,
                    age: (arrival - steady).seconds,
                    lag: outcome.clock.lag.seconds,
                    isSettled: outcome.clock.isSettled
                )
            )
            if let last, wasSettled {
                let again = outcome.clock.steadyTime(of: last.media) ?? last.steady
                outcome.stepBack = max(
                    outcome.stepBack,
                    (last.steady - min(steady, again)).seconds
                )
                outcome.tear = max(outcome.tear, abs((again - last.steady).seconds))
            }
            last = (media, steady)
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

    /// From a moment on what comes is served more slowly than it is sent, so that a queue grows for a while; then
    /// it is served more quickly and empties.
    static func queue(
        from start: Double,
        growingFor growth: Double,
        to height: Double,
        emptyingFor drain: Double
    )
        -> Delay
    {
        { moment, generator in
            let phase = moment - start
            let queued =
                phase < 0 || phase > growth + drain
                ? 0
                : phase < growth
                    ? phase / growth * height : (growth + drain - phase) / drain * height
            return queued + .random(in: 0...0.02, using: &generator)
        }
    }
}
