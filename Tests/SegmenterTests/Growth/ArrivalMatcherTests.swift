import Testing

@testable import Segmenter

/// Frames of a second each; a moment is named by its second, too.
@Suite("Arrival matcher")
struct ArrivalMatcherTests {
    private func moment(_ second: Int) -> SteadyTime {
        SteadyTime(microseconds: Int64(second) * 1_000_000)
    }

    /// Adds fragments one after another; what each told: which frame had arrived, and when.
    private func arrivals(
        heldFrames: Int,
        _ fragments: [(frames: ClosedRange<Int>, sound: Double?, beginsFile: Bool, written: Int?)]
    ) -> [[[Int]]] {
        var matcher = ArrivalMatcher(heldFrames: heldFrames, fragmentDuration: .milliseconds(200))
        return fragments.map { fragment in
            matcher.add(
                frames: fragment.frames.map { .seconds($0) },
                soundStart: fragment.sound.map { .seconds($0) },
                beginsFile: fragment.beginsFile,
                writtenAt: fragment.written.map(moment)
            )
            .map { [Int($0.media.seconds), Int($0.moment.microseconds / 1_000_000)] }
        }
    }

    @Test("A fragment is written when the frame after its last has come")
    func video() {
        let told = arrivals(
            heldFrames: 0,
            [(0...4, nil, true, 5), (5...9, nil, false, 10), (10...10, nil, false, nil)]
        )
        #expect(told == [[], [[5, 5]], [[10, 10]]])
    }

    @Test("A reader that holds frames back has had so many more by then", arguments: [1, 2])
    func held(_ count: Int) {
        let told = arrivals(
            heldFrames: count,
            [
                (0...4, nil, true, 5 + count), (5...9, nil, false, 10 + count),
                (10...14, nil, false, nil),
            ]
        )
        #expect(told == [[], [[5 + count, 5 + count]], [[10 + count, 10 + count]]])
    }

    @Test("It is waited for as many fragments as that takes")
    func manyFragments() {
        let told = arrivals(
            heldFrames: 2,
            [
                (0...0, nil, true, 3), (1...1, nil, false, 4), (2...2, nil, false, 5),
                (3...3, nil, false, nil),
            ]
        )
        #expect(told == [[], [], [], [[3, 3]]])
    }

    @Test("Where sound may have ended a fragment only the frame before it is sure to have come")
    func sound() {
        // 0.2 s of sound, as long as a fragment: it may have been the sound that was too long.
        let doubtful = arrivals(heldFrames: 0, [(0...4, 0, true, 5), (5...9, 0.2, false, nil)])
        #expect(doubtful == [[], [[4, 5]]])
        let held = arrivals(heldFrames: 1, [(0...4, 0, true, 5), (5...9, 0.2, false, nil)])
        #expect(held == [[], [[5, 5]]])
        // Less of it, or another file, which a keyframe begins: it was a frame.
        let video = arrivals(heldFrames: 0, [(0...4, 0, true, 5), (5...9, 0.15, false, nil)])
        #expect(video == [[], [[5, 5]]])
        let file = arrivals(heldFrames: 0, [(0...4, 0, true, 5), (5...9, 0.2, true, nil)])
        #expect(file == [[], [[5, 5]]])
    }

    @Test("A fragment whose moment is unknown tells nothing, and one of sound alone neither")
    func unknown() {
        var matcher = ArrivalMatcher(heldFrames: 0, fragmentDuration: .milliseconds(200))
        for (frames, written) in [([0], nil), ([], 2), ([1], nil)] as [([Int], Int?)] {
            let told = matcher.add(
                frames: frames.map { .seconds($0) },
                soundStart: .zero,
                beginsFile: false,
                writtenAt: written.map(moment)
            )
            #expect(told.isEmpty)
        }
    }
}
