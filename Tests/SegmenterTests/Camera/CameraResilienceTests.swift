import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Camera resilience")
struct CameraResilienceTests {
    @Test("An unreachable camera is down with a plain reason, and comes back by itself")
    func unreachable() async throws {
        let port = try FreePort.next()
        let source = CameraSource.rtsp(url: "rtsp://admin:s3cret@127.0.0.1:\(port)/h264")
        try await RecordedCamera.record(source) { recorded in
            let status = try await recorded.status(.down)
            let reason = try #require(status.reason)
            #expect(reason.hasPrefix("nothing answers at this address and port"))
            #expect(reason.contains("rtsp://***@127.0.0.1:\(port)/h264"))
            try await withStopping(RTSPCameras.start(port: port)) { _ in
                _ = try await recorded.segments(1)
                let status = try await recorded.status(.live)
                #expect(status.reason == nil)
                #expect(status.restarts > 0)
            }
            #expect(!recorded.log.contains { $0.contains("s3cret") || $0.contains("admin") })
            #expect(recorded.log.last == "camera door is live")
        }
    }

    @Test("A killed ffmpeg is started again, and the ring keeps what it had")
    func killed() async throws {
        try await RecordedCamera.record(.testPattern) { recorded in
            let before = try await recorded.segments(2)
            let pid = try recorded.ffmpegPID()
            kill(pid, SIGKILL)
            try await eventually("the end") { !ProcessTable.has(pid) }
            let first = before[0].run
            let after = try await recorded.segments(2) { $0.run != first }
            #expect(after[0].run.id > first.id)
            // It has a media clock of its own.
            #expect(after[0].mediaStart == before[0].mediaStart)
            let all = await recorded.camera.ring.segments
            #expect(all.map(\.sequence) == Array(0..<all.count))
            #expect(all.allSatisfy { FileManager.default.fileExists(atPath: $0.path) })
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.start < $1.start })
            #expect(await recorded.camera.status.restarts == 1)
            #expect(
                recorded.log == [
                    "camera door is live",
                    "camera door is down: ffmpeg ended with signal 9",
                    "camera door is live",
                ]
            )
        }
    }

    @Test("A file without video is down with a plain reason, in a run directory that does not stay")
    func noVideo() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("tone.wav")
        let tone = ["-v", "error", "-f", "lavfi", "-i", "sine=duration=1", file.path]
        try await TestSupport.ChildProcess.check("ffmpeg", tone)
        try await RecordedCamera.record(.file(path: file.path)) { recorded in
            let reason = try #require(try await recorded.status(.down).reason)
            #expect(reason.hasPrefix("the source has no video"))
            try await eventually("the next attempt") { await recorded.camera.status.restarts > 0 }
            #expect(Directory.names(recorded.folder.path).count <= 1)
        }
    }

    @Test("Can be cancelled while it waits for the next attempt")
    func cancelledWhileDown() async throws {
        let folder = try TemporaryFolder()
        let source = CameraSource.file(path: folder.file("missing.mp4").path)
        let left = try await RecordedCamera.record(source) { recorded in
            let reason = try await recorded.status(.down).reason
            #expect(reason?.hasPrefix("there is no such file or device") == true)
            return recorded.folder
        }
        #expect(Directory.names(left.path).isEmpty)
    }
}
