import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Snapshot maker", .timeLimit(.minutes(3)))
struct SnapshotMakerTests {
    private let folder: TemporaryFolder
    /// Its files are there for as long as it is.
    private let recording: Recording
    private var root: String { folder.path + "/snapshots" }

    init() async throws {
        folder = try TemporaryFolder()
        let video = TestVideo(seconds: 2, size: "322x182", keyframeInterval: 25, bFrames: 2)
        recording = try await Recording(video)
    }

    private func expectNothingLeft() {
        #expect(ClipFolder(path: root).names.isEmpty)
    }

    @Test("The picture has the frame's size and moment, and is gone when it has been taken")
    func picture() async throws {
        let maker = SnapshotMaker(root: root, ffmpeg: try FFmpeg())
        for segment in recording.segments {
            let copy = folder.file("\(segment.sequence).jpg")
            let modified = try await maker.picture(of: segment) { path in
                try FileManager.default.copyItem(atPath: path, toPath: copy.path)
                return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
                    as? Date
            }
            let stream = try #require(try await MediaProbe(copy).video)
            #expect(stream.codec == "mjpeg" && stream.width == 322 && stream.height == 182)
            let moment = Double(segment.start.microseconds) / 1_000_000
            #expect(abs(try #require(modified).timeIntervalSince1970 - moment) < 0.001)
        }
        expectNothingLeft()
    }

    @Test("The picture is as it is shown: upright, and its pixels square")
    func shape() async throws {
        let recording = try await Recording(
            TestVideo(seconds: 1, size: "176x144", keyframeInterval: 25),
            options: ["-vf", "setsar=12/11"]
        )
        let segment = recording.segments[0]
        let maker = SnapshotMaker(root: root, ffmpeg: try FFmpeg())
        func size() async throws -> [Int?] {
            let copy = folder.file("picture.jpg")
            try? FileManager.default.removeItem(at: copy)
            try await maker.picture(of: segment) { path in
                try FileManager.default.copyItem(atPath: path, toPath: copy.path)
            }
            let picture = try await MediaProbe(copy).video
            return [picture?.width, picture?.height]
        }
        #expect(try await size() == [192, 144])
        try turn(segment.run.initPath)
        #expect(try await size() == [144, 192])
    }

    @Test("A segment that has left the ring is no such file")
    func pruned() async throws {
        let segment = recording.segments[1]
        let maker = SnapshotMaker(root: root, ffmpeg: try FFmpeg())
        try FileManager.default.removeItem(atPath: segment.path)
        await #expect(throws: ArchiveError.file(action: "link a segment", errno: ENOENT)) {
            try await maker.picture(of: segment) { _ in }
        }
        expectNothingLeft()
    }

    @Test("A segment that leaves the ring while it waits for its turn is decoded all the same")
    func prunedWhileWaiting() async throws {
        let (first, second) = (recording.segments[0], recording.segments[1])
        let started = folder.path + "/started"
        let ffmpeg = try FFmpeg.fake(
            "touch '\(started)'; while [ -e '\(first.path)' ]; do sleep 0.02; done; exec ffmpeg \"$@\"",
            in: folder
        )
        let maker = SnapshotMaker(root: root, ffmpeg: ffmpeg)
        async let one: Void = maker.picture(of: first) { _ in }
        try await eventually { FileManager.default.fileExists(atPath: started) }
        async let other: Void = maker.picture(of: second) { _ in }
        try await eventually("both links") { ClipFolder(path: root).names.count == 2 }
        for segment in [second, first] {
            try FileManager.default.removeItem(atPath: segment.path)
        }
        _ = try await (one, other)
        expectNothingLeft()
    }

    @Test("What cannot be decoded is said in words without a path")
    func damaged() async throws {
        let segment = recording.segments[0]
        try Data("nonsense".utf8).write(to: URL(filePath: segment.path))
        let maker = SnapshotMaker(root: root, ffmpeg: try FFmpeg())
        let error = await #expect(throws: ArchiveError.self) {
            try await maker.picture(of: segment) { _ in }
        }
        guard case .media(let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!reason.contains(folder.path) && !reason.contains(segment.run.directory))
        expectNothingLeft()
    }
}
