import Testing

@testable import Segmenter

@Suite("Durations in seconds, microseconds and ticks")
struct DurationSecondsTests {
    @Test(
        "Rounds to the nearest microsecond, halves away from zero",
        arguments: [
            (Duration.zero, Int64(0)),
            (.microseconds(1), 1),
            (.seconds(-2), -2_000_000),
            (.nanoseconds(499), 0),
            (.nanoseconds(500), 1),
            (.nanoseconds(-499), 0),
            (.nanoseconds(-500), -1),
            (.nanoseconds(1_999_999_999), 2_000_000),
            (.seconds(-1) - .nanoseconds(600), -1_000_001),
            (.seconds(1_800_000_000) + .microseconds(7), 1_800_000_000_000_007),
        ]
    )
    func wholeMicroseconds(_ duration: Duration, _ expected: Int64) {
        #expect(duration.wholeMicroseconds == expected)
    }

    @Test(
        "Gives seconds as a number",
        arguments: [
            (Duration.zero, 0),
            (.milliseconds(1500), 1.5),
            (.milliseconds(-40), -0.04),
            (.microseconds(1_234_567), 1.234567),
        ]
    )
    func seconds(_ duration: Duration, _ expected: Double) {
        #expect(duration.seconds == expected)
    }

    @Test(
        "Turns ticks of a media clock into time, to the microsecond",
        arguments: [
            (Int64(0), Int64(90_000), Duration.zero),
            (90_000, 90_000, .seconds(1)),
            (3600, 90_000, .milliseconds(40)),
            (1, 3, .microseconds(333_333)),
            (2, 3, .microseconds(666_667)),
            (-512, 12_800, .milliseconds(-40)),
            // A year at 90 kHz plus one tick: no precision is lost far from zero.
            (2_838_240_000_001, 90_000, .seconds(31_536_000) + .microseconds(11)),
        ]
    )
    func ticks(_ ticks: Int64, _ timescale: Int64, _ expected: Duration) {
        #expect(Duration(ticks: ticks, timescale: timescale) == expected)
    }

    @Test(
        "Writes seconds as ffmpeg's command line takes them",
        arguments: [
            (Duration.zero, "0.000000"),
            (.seconds(12) + .microseconds(345_678), "12.345678"),
            (.microseconds(5), "0.000005"),
            (.milliseconds(-40), "-0.040000"),
            (.seconds(-3), "-3.000000"),
            (.nanoseconds(1_999_999_999), "2.000000"),
            (.seconds(100_000), "100000.000000"),
        ]
    )
    func ffmpegSeconds(_ duration: Duration, _ expected: String) {
        #expect(duration.ffmpegSeconds == expected)
    }
}
