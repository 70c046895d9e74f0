import Segmenter
import Testing

@testable import Archive

@Suite("Frozen segment")
struct FrozenSegmentTests {
    @Test("Goes to JSON in whole microseconds and comes back the same")
    func coding() throws {
        let segment = FrozenSegment.example(media: .microseconds(1_234_567), slew: .microseconds(9))
        let text = """
            {"accuracy_us":40000,"bytes":1000,"duration_us":2000000,"end_us":1700000003234576,"file":"000001.m4s",\
            "init":"init-a.mp4","keyframe":true,"media_start_us":1234567,"run":"a","start_us":1700000001234576}
            """
        #expect(try json(segment) == text)
        #expect(try parse(text) == segment)
    }

    @Test("As earlier programs wrote it, it ends its duration after its start, more or less")
    func earlier() throws {
        let text = """
            {"bytes":1000,"duration_us":2000000,"file":"000001.m4s","init":"init-a.mp4",\
            "keyframe":true,"media_start_us":0,"run":"a","start_us":1700000000000000}
            """
        #expect(try parse(text) == FrozenSegment.example(accuracy: nil))
    }

    @Test("Why there is a gap before it survives JSON")
    func gapReason() throws {
        let segment = FrozenSegment.example(gapReason: "the camera was silent for 12 s")
        let text = try json(segment)
        #expect(text.contains(#""gap":"the camera was silent for 12 s""#))
        #expect(try parse(text) == segment)
    }

    @Test("After a gap only what comes from a keyframe on can be decoded")
    func decodable() {
        let segments: [FrozenSegment] = [
            .example(1, media: .zero, startsOnKeyframe: false),
            .example(2, media: .seconds(2)),
            .example(3, media: .seconds(4), startsOnKeyframe: false),
            .example(4, run: "b", startsOnKeyframe: false),
            .example(5, run: "b", media: .seconds(2), startsOnKeyframe: false),
            .example(6, run: "b", media: .seconds(4)),
        ]
        #expect(segments.decodable.map(\.file) == ["000002.m4s", "000003.m4s", "000006.m4s"])
        #expect([FrozenSegment]().decodable.isEmpty)
    }

    @Test("Maps between the wall clock and its run's media clock")
    func clocks() {
        let segment = FrozenSegment.example(media: .seconds(10), wall: .seconds(100))
        #expect(segment.mediaTime(of: .event + .seconds(101)) == .seconds(11))
        #expect(segment.mediaTime(of: .event + .seconds(99)) == .seconds(9))
        #expect(segment.wallTime(of: .seconds(11)) == .event + .seconds(101))
        #expect(segment.end == .event + .seconds(102))
        #expect(segment.mediaEnd == .seconds(12))
    }

    @Test("Between its ends it maps in proportion, beyond them one to one")
    func stretched() {
        let segment = FrozenSegment.example(media: .seconds(10), stretch: .milliseconds(20))
        for (media, wall) in [(-1, -1000), (0, 0), (1, 1010), (2, 2020), (3, 3020)] {
            let (time, moment) = (Duration.seconds(10 + media), Duration.milliseconds(wall))
            #expect(segment.wallTime(of: time) == .event + .seconds(10) + moment)
            #expect(segment.mediaTime(of: .event + .seconds(10) + moment) == time)
        }
    }

    @Test(
        "Is followed by what goes on where it ends, on the same run's media clock",
        arguments: [
            ("a", 2000, true), ("a", 2199, true), ("a", 1801, true),
            ("a", 2200, false), ("a", 1800, false), ("a", 4000, false), ("b", 2000, false),
        ]
    )
    func following(_ run: String, _ milliseconds: Int, _ follows: Bool) {
        let next = FrozenSegment.example(2, run: run, media: .milliseconds(milliseconds))
        #expect(FrozenSegment.example().isFollowed(by: next) == follows)
    }

    @Test("The wall clock has no say in whether a segment follows another")
    func wallClock() {
        let next = FrozenSegment.example(2, media: .seconds(2), slew: .seconds(1))
        #expect(FrozenSegment.example().isFollowed(by: next))
    }

    @Test("What follows a gap follows nothing; that it was growing is not written down")
    func gaps() throws {
        let segment = FrozenSegment.example(
            2,
            media: .seconds(2),
            gapReason: "it slept",
            pauses: [Pause(start: .event + .seconds(2.5), end: .event + .seconds(3.5))],
            isOpen: true
        )
        #expect(!FrozenSegment.example().isFollowed(by: segment))
        let text = try json(segment)
        #expect(text.contains(#""gap":"it slept""#))
        let read: FrozenSegment = try parse(text)
        #expect(read.gapReason == "it slept")
        #expect(read.pauses == segment.pauses)
        #expect(!read.isOpen)
    }
}
