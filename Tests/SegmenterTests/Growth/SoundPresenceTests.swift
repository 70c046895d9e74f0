import Testing

@testable import Segmenter

@Suite("Presence of sound")
struct SoundPresenceTests {
    private static let sound = Track(
        id: 2,
        kind: .audio,
        format: "mp4a",
        timescale: 1000,
        shift: .zero,
        defaultDuration: 20,
        defaultFlags: 0
    )

    /// A fragment of a second, with or without sound.
    private func fragment(_ second: Int, hasSound: Bool) throws -> Fragment {
        func track(_ id: UInt32) -> [UInt8] {
            Boxes.box(
                "traf",
                Boxes.box("tfhd", Boxes.number(UInt32(0)), Boxes.number(id)),
                Boxes.box(
                    "tfdt",
                    Boxes.number(UInt32(0x0100_0000)),
                    Boxes.number(UInt64(second * 1000))
                ),
                Boxes.box(
                    "trun",
                    Boxes.number(UInt32(0x100)),
                    Boxes.number(UInt32(1)),
                    Boxes.number(UInt32(1000))
                )
            )
        }
        let head = track(1) + (hasSound ? track(2) : [])
        return try Fragment(
            offset: 0,
            length: 0,
            head: head[...],
            beginning: [],
            media: InitSegment(tracks: [Boxes.track, Self.sound])
        )
    }

    @Test("Sound is missing when none has come for five seconds, and is there again when it comes")
    func presence() throws {
        var presence = SoundPresence()
        #expect(!presence.isMissing)
        for second in 0..<3 { presence.add(try fragment(second, hasSound: true)) }
        for second in 3..<8 { presence.add(try fragment(second, hasSound: false)) }
        #expect(!presence.isMissing)
        presence.add(try fragment(8, hasSound: false))
        #expect(presence.isMissing)
        presence.add(try fragment(9, hasSound: true))
        #expect(!presence.isMissing)
    }

    @Test("Sound that never comes is missing after five seconds")
    func never() throws {
        var presence = SoundPresence()
        for second in 0..<6 { presence.add(try fragment(second, hasSound: false)) }
        #expect(!presence.isMissing)
        presence.add(try fragment(6, hasSound: false))
        #expect(presence.isMissing)
    }
}
