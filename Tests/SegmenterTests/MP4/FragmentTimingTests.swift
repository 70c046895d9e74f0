import Testing

@testable import Segmenter

@Suite("Fragment timing")
struct FragmentTimingTests {
    private func timing(_ fragments: [UInt8]...) throws -> FragmentTiming {
        try FragmentTiming(fragments: fragments.map { $0[...] }, track: Boxes.track)
    }

    @Test("Takes what a sample does not state from the track's defaults")
    func defaults() throws {
        let timing = try timing(
            Boxes.fragment(decodeTime: 2000, count: 3, flags: 0, samples: [])
        )
        #expect(timing.frameTimes == [.seconds(2), .milliseconds(2040), .milliseconds(2080)])
        #expect(timing.end == .milliseconds(2120))
        #expect(timing.frameInterval == .milliseconds(40))
        #expect(!timing.startsOnKeyframe)
    }

    @Test("The first sample's own flags make it a keyframe")
    func firstFlags() throws {
        let timing = try timing(
            Boxes.fragment(
                decodeTime: 0,
                count: 2,
                flags: 0x004,
                samples: Boxes.number(UInt32(0x0200_0000))
            )
        )
        #expect(timing.startsOnKeyframe)
    }

    @Test("Shows B-frames in the order of their composition times, negative offsets too")
    func compositionOffsets() throws {
        let offsets: [Int32] = [40, 80, -40]
        let timing = try timing(
            Boxes.fragment(
                decodeTime: 1000,
                count: 3,
                flags: 0x800,
                samples: offsets.flatMap { Boxes.number($0) }
            )
        )
        #expect(
            timing.frameTimes
                == [.milliseconds(1040), .milliseconds(1040), .milliseconds(1120)]
        )
        #expect(timing.end == .milliseconds(1160))
    }

    @Test("Joins the fragments of one file")
    func severalFragments() throws {
        let timing = try timing(
            Boxes.fragment(decodeTime: 0, count: 2, flags: 0, samples: []),
            Boxes.fragment(decodeTime: 80, count: 2, flags: 0, samples: [])
        )
        #expect(timing.frameTimes.map(\.wholeMicroseconds) == [0, 40_000, 80_000, 120_000])
    }

    @Test("Ignores another track's fragments")
    func otherTracks() throws {
        let other = Boxes.box(
            "traf",
            Boxes.box("tfhd", Boxes.number(UInt32(0)), Boxes.number(UInt32(2)))
        )
        let timing = try timing(
            other + Boxes.fragment(decodeTime: 0, count: 1, flags: 0, samples: [])
        )
        #expect(timing.frameTimes == [.zero])
        #expect(throws: SegmenterError.self) { try self.timing(other) }
    }

    @Test("Adds the edit list's shift")
    func shift() throws {
        let track = Track(
            id: 1,
            kind: .video(width: 320, height: 180),
            format: "avc1",
            timescale: 1000,
            shift: .milliseconds(-80),
            defaultDuration: 40,
            defaultFlags: 0
        )
        let fragment = Boxes.fragment(decodeTime: 80, count: 1, flags: 0, samples: [])
        let timing = try FragmentTiming(fragments: [fragment[...]], track: track)
        #expect(timing.start == .zero)
        #expect(timing.end == .milliseconds(40))
    }

    @Test(
        "Refuses times and numbers of samples that no recording has",
        arguments: [
            (UInt64.max, UInt32(1)), (1 << 63 - 1, 2), (1 << 60, 1), (0, UInt32.max),
        ] as [(UInt64, UInt32)]
    )
    func absurd(_ decodeTime: UInt64, _ count: UInt32) {
        #expect(throws: SegmenterError.self) {
            try timing(
                Boxes.fragment(decodeTime: decodeTime, count: count, flags: 0, samples: [])
            )
        }
    }

    @Test("Refuses a fragment without samples or without its decode time")
    func incomplete() {
        let headless = Boxes.box(
            "traf",
            Boxes.box("tfhd", Boxes.number(UInt32(0)), Boxes.number(UInt32(1)))
        )
        #expect(throws: SegmenterError.self) { try timing() }
        #expect(throws: SegmenterError.self) { try timing(headless) }
        #expect(throws: SegmenterError.self) {
            try timing(Boxes.fragment(decodeTime: 0, count: 0, flags: 0, samples: []))
        }
        #expect(throws: SegmenterError.self) {
            try timing(
                Boxes.fragment(decodeTime: 0, count: 2, flags: 0x100, samples: [0, 0, 0, 40])
            )
        }
    }
}
