import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Repair of a clip's files", .timeLimit(.minutes(2)))
struct ClipRepairTests {
    private let storage: Storage
    private let recording: Recording
    private let clip: Clip
    private let folder: ClipFolder
    private let place: String

    init() async throws {
        storage = try Storage()
        recording = try await Recording(
            TestVideo(seconds: 4, size: "160x90", keyframeInterval: 25)
        )
        let archive = try storage.open()
        let footage = ScriptedFootage(recording.segments)
        let trigger = Trigger.example(
            recording,
            at: .seconds(2),
            before: .seconds(1),
            after: .seconds(1)
        )
        clip = try await archive.finished(try await archive.trigger(trigger, footage: footage).id)
        folder = storage.layout.final(clip)
        place = ClipLayout.place(of: clip)
        await archive.shutDown()
        await archive.closeDatabase()
    }

    @Test("A clip as it was made has all its files in clip.json, and nothing is to be found")
    func made() async throws {
        #expect(clip.status == .ready)
        let manifest = try folder.manifest()
        #expect(manifest.version == 2)
        #expect(manifest.files == (try folder.records()))
        #expect(Set(folder.names) == Set((manifest.files ?? []).map(\.name) + ["clip.json"]))
        #expect(try await storage.check().isEmpty)
    }

    @Test("MP4, thumbnail and playlist are made anew of whole segments")
    func remade() async throws {
        let frames = try await frameHashes(of: storage.video(clip))
        #expect(frames.count == 50)
        try storage.damage(folder.file("clip.mp4")) { $0[$0.count / 2] ^= 1 }
        try storage.damage(folder.file("index.m3u8")) { $0 = $0.dropLast(30) }
        folder.remove("thumbnail.jpg")
        #expect(
            try await storage.check() == [
                "damaged \(place)/clip.mp4 remake", "damaged \(place)/index.m3u8 remake",
                "missing \(place)/thumbnail.jpg remake",
            ]
        )
        let words = "made anew of the segments"
        #expect(try await storage.repair() == [words, words, words])
        #expect(try await storage.check().isEmpty)
        #expect(try await frameHashes(of: storage.video(clip)) == frames)
        #expect(try folder.manifest().clip == clip)
        #expect(try storage.playlist(folder).hasSuffix("#EXT-X-ENDLIST\n"))
    }

    @Test("Of a damaged segment no new MP4 is made, and the old one stays as it is")
    func damagedSegment() async throws {
        try storage.damage(folder.file("000002.m4s")) { $0[$0.count - 5] ^= 1 }
        let video = try Data(contentsOf: storage.video(clip))
        #expect(try await storage.check() == ["damaged \(place)/000002.m4s -"])
        #expect(try await storage.repair() == [nil])
        #expect(try Data(contentsOf: storage.video(clip)) == video)
    }
}
