import Testing

@testable import Archive
@testable import Segmenter

@Suite("Join plan")
struct JoinPlanTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let media: [InitSegment]
        let picture: JoinPlan.Picture
        let sound: JoinPlan.Sound
        var size = [1920, 1080]
    }

    @Test(
        "Copies what agrees, and encodes the rest",
        arguments: [
            Case(
                testDescription: "one piece",
                media: [.example("hvc1", sound: [7])],
                picture: .copied(codec: "hevc"),
                sound: .copied(codec: "aac")
            ),
            Case(
                testDescription: "three alike",
                media: [.example(), .example(), .example()],
                picture: .copied(codec: "h264"),
                sound: .none
            ),
            Case(
                testDescription: "other parameter sets",
                media: [.example(), .example(parameters: [2])],
                picture: .encoded,
                sound: .none
            ),
            Case(
                testDescription: "another codec",
                media: [.example(sound: [7]), .example("hvc1", sound: [7])],
                picture: .encoded,
                sound: .encoded
            ),
            Case(
                testDescription: "another size",
                media: [.example(width: 640, height: 360), .example(), .example()],
                picture: .encoded,
                sound: .none
            ),
            Case(
                testDescription: "an odd size",
                media: [.example(width: 641, height: 359), .example(width: 320, height: 180)],
                picture: .encoded,
                sound: .none,
                size: [642, 360]
            ),
            Case(
                testDescription: "an odd size throughout",
                media: [.example(width: 641, height: 359), .example(width: 641, height: 359)],
                picture: .copied(codec: "h264"),
                sound: .none,
                size: [641, 359]
            ),
            Case(
                testDescription: "sound that appears",
                media: [.example(), .example(sound: [7])],
                picture: .copied(codec: "h264"),
                sound: .encoded
            ),
            Case(
                testDescription: "sound that vanishes",
                media: [.example(sound: [7]), .example()],
                picture: .copied(codec: "h264"),
                sound: .encoded
            ),
            Case(
                testDescription: "another sound",
                media: [.example(sound: [7]), .example(sound: [8])],
                picture: .copied(codec: "h264"),
                sound: .encoded
            ),
        ]
    )
    func plan(_ example: Case) throws {
        let plan = try JoinPlan(example.media)
        #expect(plan.picture == example.picture)
        #expect(plan.sound == example.sound)
        #expect([plan.width, plan.height] == example.size)
        #expect(plan.isEncoding == (example.picture == .encoded))
    }

    @Test("Says what the video will hold")
    func codecs() throws {
        let copied = try JoinPlan([.example("hvc1", sound: [7])], openPieces: [0])
        #expect(copied.videoCodec == "hevc")
        #expect(copied.audioCodec == "aac")
        let encoded = try JoinPlan([.example("hvc1"), .example("av01")])
        #expect(encoded.videoCodec == "h264")
        #expect(encoded.audioCodec == nil)
    }

    @Test("A piece without a picture is an error")
    func noVideo() {
        #expect(throws: ArchiveError.media("no video")) {
            try JoinPlan([.example(), InitSegment(tracks: [])])
        }
        #expect(throws: ArchiveError.media("no video")) { try JoinPlan([]) }
    }
}
