import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("A camera whose settings change")
struct CameraChangeTests {
    @Test("A name and how much the ring holds change while ffmpeg runs on")
    func underWay() async throws {
        try await RecordedCamera.record(.testPattern) { recorded in
            let run = try await recorded.segments(1)[0].run
            let pid = try recorded.ffmpegPID()
            var changed = recorded.camera.configuration
            (changed.name, changed.bufferDuration) = ("Door", .seconds(90))
            await recorded.camera.change(to: changed)
            #expect(recorded.camera.configuration == changed)
            let count = await recorded.camera.ring.segments.count
            #expect(try await recorded.segments(count + 1).allSatisfy { $0.run == run })
            #expect(try recorded.ffmpegPID() == pid)
            #expect(await recorded.camera.status.restarts == 0)
        }
    }

    @Test("Another source goes on in the same ring, and a trigger still has what was before")
    func source() async throws {
        let folder = try TemporaryFolder()
        let film = folder.file("film.mp4")
        try await TestVideo(seconds: 4, size: "160x120", keyframeInterval: 25).write(to: film)
        try await RecordedCamera.record(.testPattern) { recorded in
            let old = try await recorded.segments(2)
            let pid = try recorded.ffmpegPID()
            var changed = recorded.camera.configuration
            changed.source = .file(path: film.path)
            await recorded.camera.change(to: changed)
            #expect(recorded.camera.configuration == changed)
            #expect(!ProcessTable.has(pid))
            let new = try await recorded.segments(2) { $0.run.id != old[0].run.id }
            let all = await recorded.camera.ring.segments
            #expect(all.prefix(2) == old[...])
            #expect(all.map(\.sequence) == Array(0..<all.count))
            #expect(new[0].run.media.video?.kind == .video(width: 160, height: 120))
            let status = await recorded.camera.status
            #expect(status.restarts == 0 && status.input?.video?.width == 160)
            #expect(recorded.log == ["live", "starting", "live"].map { "camera door is \($0)" })
        }
    }

    @Test("Switched off it ends its readers and keeps its ring; switched on it records again")
    func enabled() async throws {
        try await RecordedCamera.record(.testPattern) { recorded in
            let camera = recorded.camera
            let first = try await recorded.segments(1)[0]
            let reader = await camera.ring.reader(from: .now() + .seconds(60))
            var changed = camera.configuration
            changed.enabled = false
            await camera.change(to: changed)
            #expect(await reader.next().isEmpty)
            await reader.close()
            #expect(await camera.status.state == .disabled)
            #expect(await camera.ring.segments.first == first)
            changed.enabled = true
            await camera.change(to: changed)
            #expect(await camera.status.state == .starting)
            _ = try await recorded.segments(1) { $0.run.id != first.run.id }
            #expect(await camera.status.state == .live)
        }
    }
}
