@testable import Archive
@testable import Segmenter

extension Clip {
    /// A clip that lacks whatever may be lacking.
    static func example(
        at moment: Timestamp = .event,
        status: Status = .recording,
        locked: Bool = false
    ) -> Clip {
        let trigger = Trigger(camera: "yard", at: moment, before: .seconds(3), after: .seconds(2))
        var clip = Clip(for: trigger, id: UUIDv7.make(at: moment), createdAt: moment)
        clip.status = status
        clip.locked = locked
        return clip
    }

    /// A clip that has everything.
    static func fullExample() -> Clip {
        let trigger = Trigger(
            camera: "front-door",
            at: .event,
            before: .seconds(30),
            after: .seconds(30),
            incident: UUIDv7.make(at: .event),
            label: "Paket 📦",
            note: "line one\nline \"two\"",
            metadata: .object(["plate": .string("B-HS 1"), "speed": .number(12.5)])
        )
        var clip = Clip(for: trigger, id: UUIDv7.make(at: .event), createdAt: .event)
        clip.status = .ready
        clip.start = clip.requestedStart
        clip.end = clip.requestedEnd
        clip.duration = 60.04
        clip.size = 30_000_000
        (clip.width, clip.height) = (1920, 1080)
        (clip.videoCodec, clip.audioCodec) = ("h264", "aac")
        clip.locked = true
        clip.readyAt = .event + .seconds(31)
        clip.error = "none really"
        clip.accuracy = 0.04
        clip.coverage = Coverage(of: clip.window, by: [.example()])
        return clip
    }
}
