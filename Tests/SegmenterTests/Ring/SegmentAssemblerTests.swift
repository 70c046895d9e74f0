import Testing

@testable import Segmenter

@Suite("Segment assembler")
struct SegmentAssemblerTests {
    /// Fragments of these lengths in milliseconds, one after the other; a K is a keyframe's, a number with
    /// a sign a jump of the media clock.
    private static func places(
        _ script: String,
        gapReason: String? = nil
    ) throws -> [SegmentAssembler.Place] {
        var assembler = SegmentAssembler(segmentDuration: .seconds(2), gapReason: gapReason)
        var time: Int64 = 10_000
        var places: [SegmentAssembler.Place] = []
        for word in script.split(separator: " ") {
            if word == "lost" {
                assembler.interrupt("lost")
            } else if word.hasPrefix("+") || word.hasPrefix("-") {
                time += Int64(word)!
            } else {
                let isKeyframe = word.hasPrefix("K")
                let length = Int64(word.drop { $0 == "K" })!
                let samples =
                    Boxes.number(UInt32(isKeyframe ? 0 : 0x0001_0000))
                    + Boxes.number(UInt32(length))
                // The fields: the first sample's flags, then each sample's duration.
                let body = Boxes.fragment(
                    decodeTime: UInt64(time),
                    count: 1,
                    flags: 0x104,
                    samples: samples
                )
                places.append(
                    assembler.place(
                        try FragmentTiming(fragments: [body[...]], track: Boxes.track)
                    )
                )
                time += length
            }
        }
        return places
    }

    private static let jump = "the camera's timestamps jumped"

    @Test(
        "A segment begins on the first keyframe from nearly its duration on",
        arguments: [
            // 2 s between keyframes.
            ("K200 1800 K200 1800 K200", "apnpn"),
            // A frame early, and exactly at 95 %.
            ("K200 1760 K200 1700 K200", "apnpn"),
            // Just before that.
            ("K200 1660 K200 1800 K200", "apppn"),
            // 1.48 s between keyframes: two of them.
            ("K200 1280 K200 1280 K200 1280 K200", "apppnpp"),
            // Every frame a keyframe.
            ("K1000 K900 K1000 K900 K900 K900", "apnpnp"),
            // A keyframe every 5 s: nothing else to do.
            ("K2000 3000 K2000 3000 K2000", "apnpn"),
        ]
    )
    func grid(_ script: String, _ expected: String) throws {
        let letters = try Self.places(script).map(Self.letter).joined()
        #expect(letters == expected)
    }

    private static func letter(_ place: SegmentAssembler.Place) -> String {
        switch place {
        case .present: "p"
        case .next: "n"
        case .afterGap: "a"
        case .nowhere: "x"
        }
    }

    @Test("What comes before a run's first keyframe cannot be decoded and belongs nowhere")
    func leading() throws {
        #expect(
            try Self.places("200 200 K200 200", gapReason: "the camera was asleep")
                == [.nowhere, .nowhere, .afterGap(reason: "the camera was asleep"), .present]
        )
    }

    @Test("A first run has nothing before it")
    func firstRun() throws {
        #expect(try Self.places("K200") == [.afterGap(reason: nil)])
    }

    @Test(
        "A jump of the media clock ends the segment; what comes then waits for a keyframe",
        arguments: ["+1000", "+50000", "-1200", "-9000"]
    )
    func jumps(_ jump: String) throws {
        #expect(
            try Self.places("K200 200 \(jump) 200 K200 200", gapReason: "earlier")
                == [
                    .afterGap(reason: "earlier"), .present, .nowhere,
                    .afterGap(reason: Self.jump), .present,
                ]
        )
        // On a keyframe it can go on at once, however short the segment before is.
        #expect(
            try Self.places("K200 \(jump) K200")
                == [.afterGap(reason: nil), .afterGap(reason: Self.jump)]
        )
    }

    @Test(
        "A frame that stays longer than was promised is no jump",
        arguments: ["+999", "+460", "-190", "+0"]
    )
    func slowFrames(_ pause: String) throws {
        #expect(
            try Self.places("K200 \(pause) 200 K1800 K200")
                == [.afterGap(reason: nil), .present, .present, .next]
        )
    }

    @Test("After a loss nothing can be decoded before the next keyframe; the reason is told")
    func losses() throws {
        #expect(
            try Self.places("K200 lost 200 +5000 200 K200 200")
                == [
                    .afterGap(reason: nil), .nowhere, .nowhere, .afterGap(reason: "lost"), .present,
                ]
        )
        // A loss while nothing was there yet does not hide why.
        #expect(
            try Self.places("lost K200", gapReason: "earlier") == [.afterGap(reason: "earlier")]
        )
    }

    @Test("Tells how much has come since the last keyframe")
    func sinceKeyframe() throws {
        var assembler = SegmentAssembler(segmentDuration: .seconds(2), gapReason: nil)
        for (index, isKeyframe) in [false, false, true, false].enumerated() {
            let body = Boxes.fragment(
                decodeTime: UInt64(index * 40),
                count: 1,
                flags: 0x004,
                samples: Boxes.number(UInt32(isKeyframe ? 0 : 0x0001_0000))
            )
            _ = assembler.place(try FragmentTiming(fragments: [body[...]], track: Boxes.track))
            let expected = [40, 80, 40, 80][index]
            #expect(assembler.sinceKeyframe == .milliseconds(expected))
        }
    }
}
