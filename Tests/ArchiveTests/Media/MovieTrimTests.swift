import Foundation
import TestSupport
import Testing

@testable import Archive

@Suite("Movie trim")
struct MovieTrimTests {
    private let folder: TemporaryFolder
    private let file: URL

    init() async throws {
        folder = try TemporaryFolder()
        file = folder.file("clip.mp4")
        try await TestVideo(audio: .aac, seconds: 2, size: "160x90", bFrames: 3).write(
            to: file,
            options: ["-movflags", "+faststart"]
        )
    }

    @Test("Frames after the end are not shown, those before it are, and all still decode")
    func shortens() async throws {
        let all = try await frameHashes(of: file)
        #expect(all.count == 50)
        try MovieTrim.shorten(file.path, to: .milliseconds(1480))
        #expect(try await frameHashes(of: file) == Array(all[..<37]))
        let probe = try await MediaProbe(file)
        #expect(probe.duration == 1.48)
        #expect(probe.video?.duration == 1.48)
        #expect(try await MediaProbe.decodingErrors(of: file) == "")
    }

    @Test("A video that is short enough stays as it is")
    func longEnough() throws {
        let before = try Data(contentsOf: file)
        try MovieTrim.shorten(file.path, to: .seconds(3))
        #expect(try Data(contentsOf: file) == before)
    }

    @Test("A file that is no MP4, or half of one, is an error")
    func damaged() throws {
        #expect(throws: ArchiveError.file(action: "trim the video", errno: ENOENT)) {
            try MovieTrim.shorten(folder.path + "/none", to: .seconds(1))
        }
        for length in [0, 7, 100, 500] {
            let half = folder.file("half.mp4")
            try Data(contentsOf: file).prefix(length).write(to: half)
            #expect(throws: ArchiveError.media("ffmpeg made a file without an index")) {
                try MovieTrim.shorten(half.path, to: .seconds(1))
            }
        }
    }
}
