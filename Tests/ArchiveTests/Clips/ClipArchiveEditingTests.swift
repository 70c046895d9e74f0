import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip archive: editing", .timeLimit(.minutes(3)))
struct ClipArchiveEditingTests {
    private let storage: Storage

    init() throws {
        storage = try Storage()
    }

    private static let everything = ClipEdit(
        label: "gate 3",
        note: "a parcel",
        metadata: .object(["order": .integer(4711)]),
        locked: true
    )

    /// A clip that lies finished in its folder, but for its media.
    private func finished() async throws -> Clip {
        var clip = Clip.fullExample()
        clip.locked = false
        let folder = storage.layout.final(clip)
        try folder.create()
        try folder.write(ClipManifest(clip: clip, segments: [.example()]))
        try await storage.table().insert(clip)
        return clip
    }

    private func isDirty() async throws -> Bool { try await !storage.table().dirty().isEmpty }

    @Test("Row and clip.json say what was edited, and nothing else has changed")
    func finishedClip() async throws {
        var clip = try await finished()
        let archive = try storage.open()
        let edited = try await archive.edit(clip.id, Self.everything)
        Self.everything.apply(to: &clip)
        #expect(edited == clip)
        #expect(try await archive.clip(clip.id) == clip)
        let manifest = try storage.layout.final(clip).manifest()
        #expect(manifest.clip == clip)
        #expect(manifest.segments == [.example()])
        #expect(try await !isDirty())

        let cleared = ClipEdit(label: .some(nil), metadata: .some(nil), locked: false)
        let bare = try await archive.edit(clip.id, cleared)
        #expect(bare.label == nil && bare.metadata == nil && !bare.locked)
        #expect(bare.note == "a parcel")
        #expect(try storage.layout.final(clip).manifest().clip == bare)
    }

    @Test("Of many edits at once the last one stands, in row and clip.json alike")
    func concurrent() async throws {
        let clip = try await finished()
        let archive = try storage.open()
        await withTaskGroup { group in
            for number in 0..<40 {
                group.addTask {
                    let edit =
                        number.isMultiple(of: 2)
                        ? ClipEdit(label: "\(number)") : ClipEdit(note: "\(number)")
                    _ = try? await archive.edit(clip.id, edit)
                }
            }
        }
        let row = try await archive.clip(clip.id)
        #expect(row.label != clip.label && row.note != clip.note)
        #expect(try storage.layout.final(clip).manifest().clip == row)
        #expect(try await !isDirty())
        #expect(await archive.edits.isEmpty)
    }

    @Test("An edit whose clip.json was not written yet is in it after the next start")
    func crash() async throws {
        let clip = try await finished()
        // Committed, and then the program was gone.
        _ = try await storage.table().edit(clip.id, Self.everything)
        #expect(try storage.layout.final(clip).manifest().clip == clip)
        let archive = try storage.open()
        try await archive.recover()
        let row = try await archive.clip(clip.id)
        #expect(try storage.layout.final(clip).manifest().clip == row)
        #expect(try await archive.clip(clip.id).label == "gate 3")
        #expect(try await !isDirty())
    }

    @Test("An edit holds though clip.json cannot be written, and is made up for at the next start")
    func unwritable() async throws {
        let clip = try await finished()
        let folder = storage.layout.final(clip)
        // A folder in the file's way: not even root can write over it.
        try FileManager.default.createDirectory(
            atPath: folder.file("clip.json.tmp/x"),
            withIntermediateDirectories: true
        )
        let archive = try storage.open()
        #expect(try await archive.edit(clip.id, Self.everything).label == "gate 3")
        #expect(storage.log.all.contains { $0.contains("not yet in clip.json") })
        #expect(try await isDirty())
        #expect(try folder.manifest().clip == clip)
        try FileManager.default.removeItem(atPath: folder.file("clip.json.tmp"))
        let next = try storage.open()
        try await next.recover()
        let row = try await next.clip(clip.id)
        #expect(try folder.manifest().clip == row)
        #expect(try await !isDirty())
    }

    @Test("A clip that is being recorded keeps its edits to its end, whenever they came")
    func recording() async throws {
        let recording = try await Recording(from: .soon)
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(4))
        let clip = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
        #expect(try await archive.edit(clip.id, Self.everything).status == .recording)
        #expect(try storage.layout.staging(clip.id).manifest().clip.label == "gate 3")
        let editing = Task {
            var number = 0
            while !Task.isCancelled {
                _ = try await archive.edit(clip.id, ClipEdit(note: "\(number)"))
                number += 1
            }
            return number
        }
        await footage.arrive(recording.segments[4...])
        _ = try await archive.finished(clip.id)
        try await eventually("the recorder's end") { await archive.recordings.isEmpty }
        editing.cancel()
        let count = try await editing.value
        let ready = try await archive.clip(clip.id)
        #expect(ready.status == .ready && ready.locked && ready.label == "gate 3")
        #expect(ready.metadata == .object(["order": .integer(4711)]))
        #expect(ready.note == "\(count - 1)")
        #expect(try storage.layout.final(ready).manifest().clip == ready)
        #expect(try await !isDirty())
    }

    @Test("An edit in the moment of the trigger is kept", arguments: 1...10)
    func atOnce(attempt: Int) async throws {
        let recording = try await Recording(
            TestVideo(seconds: 1, size: "160x90", keyframeInterval: 25),
            from: .event
        )
        let seen = AsyncStream.makeStream(of: String.self)
        let archive = try storage.open { change in
            if case .written(let clip) = change { seen.continuation.yield(clip.id) }
        }
        let footage = ScriptedFootage(recording.segments)
        async let edited: Clip? = {
            for await id in seen.stream {
                return try await archive.edit(id, Self.everything)
            }
            return nil
        }()
        _ = try await archive.trigger(
            .example(recording, at: .milliseconds(500), before: .zero, after: .milliseconds(500)),
            footage: footage
        )
        let id = try #require(try await edited?.id)
        let clip = try await archive.finished(id)
        try await eventually("the recorder's end") { await archive.recordings.isEmpty }
        #expect(clip.status == .ready && clip.label == "gate 3" && clip.locked)
        #expect(try storage.layout.final(clip).manifest().clip == clip)
    }

    @Test("An edit of a clip being recorded is there after a restart, though clip.json lacks it")
    func recordingRestart() async throws {
        let recording = try await Recording(from: .soon)
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments.prefix(4))
        let clip = try await archive.trigger(.example(recording, at: .seconds(4)), footage: footage)
        await archive.shutDown()
        _ = try await storage.table().edit(clip.id, Self.everything)
        let next = try storage.open()
        try await next.recover(with: ScriptedFootage(recording.segments[4...]))
        let ready = try await next.finished(clip.id)
        #expect(ready.status == .ready && ready.label == "gate 3" && ready.locked)
        #expect(try storage.layout.final(ready).manifest().clip == ready)
    }

    @Test("A clip that is not there, or deleted, cannot be edited; a locked one cannot be deleted")
    func refused() async throws {
        let clip = try await finished()
        let archive = try storage.open()
        let unknown = UUIDv7.make(at: .event)
        await #expect(throws: ArchiveError.notFound) {
            try await archive.edit(unknown, Self.everything)
        }
        _ = try await archive.edit(clip.id, ClipEdit(locked: true))
        await #expect(throws: ArchiveError.locked) { try await archive.delete(clip.id) }
        let table = try storage.table()
        await #expect(throws: ArchiveError.locked) { try await table.markDeleted(clip.id) }
        _ = try await archive.edit(clip.id, ClipEdit(locked: false))
        try await archive.delete(clip.id)
        await #expect(throws: ArchiveError.notFound) {
            try await archive.edit(clip.id, Self.everything)
        }
    }
}
