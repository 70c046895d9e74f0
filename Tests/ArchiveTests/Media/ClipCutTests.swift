import Segmenter
import Testing

@testable import Archive

@Suite("Clip cut")
struct ClipCutTests {
    /// Frames of one run without a gap, in segments of 50.
    struct Frames: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Of the first frame, on the media clock.
        let offset: Duration
        /// Of one second.
        let ticks: Int64
        /// From frame to frame.
        let step: Int64

        func time(_ number: Int) -> Duration {
            offset + Duration(ticks: Int64(number) * step, timescale: ticks)
        }

        var interval: Duration { Duration(ticks: step, timescale: ticks) }

        /// - Parameters:
        ///   - slew: of each segment's wall-clock estimate against the one before.
        ///   - stretch: by how much longer each lasts on the wall clock.
        func segments(
            _ count: Int = 5,
            slew: Duration = .zero,
            stretch: Duration = .zero
        ) -> [FrozenSegment] {
            (0..<count).map { index in
                let start = time(index * 50)
                return .example(
                    index + 1,
                    media: start,
                    duration: time(index * 50 + 50) - start,
                    wall: start - offset,
                    slew: (slew + stretch) * index,
                    stretch: stretch
                )
            }
        }

        func times(_ segment: FrozenSegment) -> [Duration] {
            (0..<500).map(time).filter { $0 >= segment.mediaStart && $0 < segment.mediaEnd }
        }

        /// The cut of what a recorder would keep: the segments that the window touches.
        func cut(
            _ window: ClipWindow,
            slew: Duration = .zero,
            stretch: Duration = .zero
        ) -> ClipCut {
            let kept = segments(slew: slew, stretch: stretch).filter {
                $0.start < window.end && $0.end > window.start
            }
            return ClipCut(kept, window: window, frameTimes: times)
        }
    }

    private static let rates = [
        Frames(testDescription: "25 fps", offset: .zero, ticks: 25, step: 1),
        Frames(testDescription: "29.97 fps", offset: .zero, ticks: 30_000, step: 1001),
        Frames(testDescription: "25 fps, late clock", offset: .seconds(86_400), ticks: 25, step: 1),
        Frames(testDescription: "12.5 fps", offset: .milliseconds(21), ticks: 25, step: 2),
    ]

    private func window(_ start: Duration, _ length: Duration) -> ClipWindow {
        ClipWindow(start: .event + start, end: .event + start + length)
    }

    @Test(
        "Begins with the frame on display at the start, and is as long as the window",
        arguments: rates,
        [0, 1, 19, 20, 21, 39, 40, 41, 100, 1001, 1999, 2000, 2001]
    )
    func exact(_ frames: Frames, _ milliseconds: Int) throws {
        for length in [Duration.seconds(1), .seconds(4), .milliseconds(3337)] {
            let start = Duration.milliseconds(milliseconds)
            let cut = frames.cut(window(start, length))
            let piece = try #require(cut.pieces.first)
            #expect(cut.pieces.count == 1)
            let asked = frames.offset + start
            let shown = (0..<500).map(frames.time).last { $0 <= asked }
            #expect(piece.from == shown)
            let error = cut.duration - length
            // Half a frame, and the microsecond to which the frame times are rounded.
            let half = frames.interval / 2 + .microseconds(1)
            #expect(error <= half && error >= .zero - half)
            #expect(piece.start == .event + (piece.from - frames.offset))
            #expect(piece.end == .event + (piece.to - frames.offset))
        }
    }

    @Test("Footage that begins after the window's start is shown from its first frame on")
    func beginsLate() {
        let cut = Self.rates[0].cut(window(.seconds(-1), .seconds(4)))
        #expect(cut.pieces.map(\.from) == [.zero])
        // The end is where the window has it.
        #expect(cut.pieces.map(\.to) == [.seconds(3)])
    }

    @Test("A window that ends in a pause ends with the last frame before it", arguments: [4, 5, 7])
    func endsInPause(_ end: Int) {
        // Frames up to 3 s, then one that was taken at 8 s and stands where the pause begins.
        let pause = Pause(start: .event + .seconds(3), end: .event + .seconds(8))
        let segment = FrozenSegment.example(duration: .seconds(10), pauses: [pause])
        let times = (0..<250).filter { $0 <= 75 || $0 > 200 }.map { Duration.milliseconds($0 * 40) }
        let cut = ClipCut([segment], window: window(.seconds(1), .seconds(end - 1))) { _ in times }
        #expect(cut.pieces.map(\.to) == [.seconds(3)])
    }

    @Test("Footage that ends before the window's end is shown to the end of its last frame")
    func endsEarly() {
        let cut = Self.rates[0].cut(window(.seconds(1), .seconds(60)))
        #expect(cut.pieces.map(\.to) == [.seconds(10)])
        #expect(cut.duration == .seconds(9))
    }

    @Test(
        "The length holds although the wall-clock estimates were slewed a little on the way",
        arguments: [-13, -5, 5, 13]
    )
    func slewed(_ milliseconds: Int) {
        let cut = Self.rates[0].cut(
            window(.seconds(1), .seconds(6)),
            slew: .milliseconds(milliseconds)
        )
        #expect(cut.pieces.map(\.from) == [.seconds(1)])
        #expect(cut.duration == .seconds(6))
    }

    @Test(
        "With a camera's clock 1 % fast or slow the clip shows the window, however long it is",
        arguments: [-20, 20]
    )
    func drifting(_ stretch: Int) throws {
        let cut = Self.rates[0].cut(
            window(.seconds(1), .seconds(8)),
            stretch: .milliseconds(stretch)
        )
        let piece = try #require(cut.pieces.first)
        #expect(cut.pieces.count == 1)
        // On display at the start; the nearest boundary at the end.
        #expect(piece.start <= .event + .seconds(1))
        #expect(.event + .seconds(1) - piece.start < .milliseconds(41))
        let error = piece.end - (.event + .seconds(9))
        #expect(error <= .milliseconds(21) && error >= .milliseconds(-21))
        let length = stretch < 0 ? 8040...8120 : 7880...7960
        #expect(length.contains(Int((cut.duration.seconds * 1000).rounded())))
    }

    @Test("Frames that are listed in the order of display serve though they come in another")
    func bFrames() {
        // As FragmentTiming gives them: shown 80 ms after they are decoded.
        let frames = Frames(testDescription: "", offset: .milliseconds(80), ticks: 25, step: 1)
        let cut = frames.cut(window(.milliseconds(1930), .seconds(3)))
        #expect(cut.pieces.map(\.from) == [.milliseconds(80 + 1920)])
        #expect(cut.duration == .seconds(3))
    }

    @Test("Two runs are two pieces, each on its own media clock")
    func twoRuns() {
        let frames = Self.rates[0]
        let segments: [FrozenSegment] = [
            .example(1, run: "a", media: .seconds(100), wall: .zero),
            .example(2, run: "a", media: .seconds(102), wall: .seconds(2)),
            .example(3, run: "b", media: .zero, wall: .seconds(7)),
            .example(4, run: "b", media: .seconds(2), wall: .seconds(9)),
        ]
        let cut = ClipCut(segments, window: window(.milliseconds(1010), .seconds(9))) { segment in
            (0..<50).map { segment.mediaStart + frames.time($0) }
        }
        #expect(cut.pieces.map(\.segments.count) == [2, 2])
        #expect(cut.pieces.map(\.from) == [.seconds(101), .zero])
        #expect(cut.pieces.map(\.to) == [.seconds(104), .seconds(3)])
        #expect(cut.duration == .seconds(6))
    }

    @Test("A hole in one run parts it in two")
    func hole() {
        let segments: [FrozenSegment] = [.example(1), .example(2, media: .seconds(4))]
        let cut = ClipCut(segments, window: window(.zero, .seconds(6))) { [$0.mediaStart] }
        #expect(cut.pieces.map(\.duration) == [.seconds(2), .seconds(2)])
    }

    @Test("A piece of which the window shows nothing is left out, and nothing gives nothing")
    func empty() {
        let before = ClipCut([.example()], window: window(.seconds(-3), .seconds(2))) {
            [$0.mediaStart]
        }
        #expect(before.pieces.isEmpty)
        #expect(before.duration == .zero)
        #expect(ClipCut([], window: window(.zero, .seconds(1))) { _ in [] }.pieces.isEmpty)
    }

    @Test("Asks for the frame times of the first and the last segment shown, of no other")
    func asksForLittle() {
        var asked: [String] = []
        let frames = Self.rates[0]
        _ = ClipCut(frames.segments(), window: window(.seconds(1), .seconds(6))) { segment in
            asked.append(segment.file)
            return frames.times(segment)
        }
        #expect(asked == ["000001.m4s", "000004.m4s"])
    }

    @Test("A segment that cannot be read is the cut's error")
    func unreadable() {
        struct Unreadable: Error {}
        #expect(throws: Unreadable.self) {
            try ClipCut([.example()], window: window(.zero, .seconds(1))) {
                (_) throws(Unreadable) in throw Unreadable()
            }
        }
    }
}
