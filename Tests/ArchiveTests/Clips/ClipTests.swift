import Segmenter
import Testing

@testable import Archive

@Suite("Clip")
struct ClipTests {
    @Test("A new one is recording, its times in whole milliseconds, its window around the event")
    func new() {
        let moment = Timestamp.event + .microseconds(1_234_567)
        let trigger = Trigger(camera: "yard", at: moment, before: .seconds(30), after: .seconds(10))
        let clip = Clip(for: trigger, id: "id", createdAt: moment)
        #expect(clip.status == .recording)
        #expect(clip.timestamp == .event + .milliseconds(1235))
        #expect(clip.requestedStart == clip.timestamp - .seconds(30))
        #expect(clip.requestedEnd == clip.timestamp + .seconds(10))
        #expect(clip.createdAt == clip.timestamp)
        #expect(clip.window.duration == .seconds(40))
        #expect(!clip.coverage.complete && clip.coverage.gaps.isEmpty)
        #expect(!clip.locked)
    }

    @Test("Its file's name tells camera and time, and every file system takes it")
    func filename() {
        let clip = Clip.example(at: .event + .milliseconds(250))
        #expect(clip.filename == "yard_2023-11-14_22-13-20Z.mp4")
    }

    @Test("Every key is there in JSON, null where there is no value")
    func keys() throws {
        let value: JSONValue = try parse(try json(Clip.example()))
        guard case .object(let fields) = value else {
            Issue.record("not an object")
            return
        }
        #expect(Set(fields.keys) == Set(Clip.CodingKeys.allCases.map(\.rawValue)))
        let absent = fields.filter { $0.value == .null }.map(\.key)
        #expect(
            Set(absent) == [
                "incident", "start", "end", "duration", "size", "width", "height", "video_codec",
                "audio_codec", "label", "note", "metadata", "ready_at", "error",
                "accuracy",
            ]
        )
        #expect(fields["locked"] == .bool(false))
        #expect(fields["status"] == .string("recording"))
        #expect(fields["requested_start"] == .string("2023-11-14T22:13:17.000Z"))
    }

    @Test("Comes back from JSON as it went", arguments: [Clip.example(), Clip.fullExample()])
    func roundTrip(_ clip: Clip) throws {
        #expect(try parse(try json(clip)) == clip)
    }

    @Test("Only ready and failed are the end of it")
    func finished() {
        #expect(Clip.Status.ready.isFinished && Clip.Status.failed.isFinished)
        #expect(!Clip.Status.recording.isFinished && !Clip.Status.processing.isFinished)
    }
}
