import Foundation
import TestSupport

/// A clip of several megabytes that is ready on a running server.
struct RecordedClip: Sendable {
    /// The one that the running suite has; see ``RecordedClipTrait``.
    @TaskLocal static var current: RecordedClip?

    let server: HindsightServer
    let clip: ClipAnswer
    /// Where the server keeps the clip's files.
    let folder: URL

    /// The MP4 on disk.
    var video: URL { folder.appending(path: "clip.mp4") }

    /// The MP4's address.
    var videoURL: URL { server.url(clip.links.stream) }

    /// Four seconds of 720p at about 16 Mb/s, recorded by a server that is stopped after `body`.
    static func withOne(_ body: (RecordedClip) async throws -> Void) async throws {
        let storage = try TemporaryFolder()
        let film = storage.file("film.mp4")
        try await TestVideo(seconds: 4, size: "1280x720", keyframeInterval: 25)
            .write(to: film, options: ["-vf", "noise=alls=20:allf=t", "-b:v", "16M"])
        let server = try await HindsightServer.start(
            cameras: [("film", film.path)],
            storage: storage
        )
        try await withStopping(server) { server in
            try await server.waitForRings(of: 4)
            let accepted = try await server.trigger(#"{"before": 4, "after": 0}"#)
            let clip = try await server.finished(accepted.id)
            guard clip.status == "ready" else { throw TestFailure(clip.error ?? clip.status) }
            let day = String(clip.timestamp.prefix { $0 != "T" })
            try await body(
                RecordedClip(
                    server: server,
                    clip: clip,
                    folder: storage.url.appending(path: "clips/\(day)/\(clip.id)")
                )
            )
        }
    }

    /// Bytes of the MP4 as they are on disk.
    func videoBytes() throws -> Data {
        try Data(contentsOf: video)
    }
}
