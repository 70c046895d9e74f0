import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Trial recording")
struct TrialRecordingTests {
    private func record(
        _ source: CameraSource,
        length: Duration? = nil
    ) async throws -> CameraStatus {
        let configuration = CameraConfiguration(id: "probe", source: source)
        return try await TrialRecording.run(configuration, ffmpeg: FFmpeg(), length: length).status
    }

    @Test("Tells what a camera sends, once two keyframe intervals are known")
    func camera() async throws {
        let url = try await RTSPCameras.shared().url(for: .h264G711).absoluteString
        let status = try await record(.rtsp(url: url))
        #expect(status.state == .live)
        #expect(status.media?.video?.profile?.profile == "Constrained Baseline")
        #expect(status.media?.audio?.codec == "aac")
        #expect(status.input?.audioCodec == "pcm_alaw")
        #expect(status.profile?.groups?.median == .seconds(2))
        #expect(status.profile?.hasBFrames == false)
        #expect(status.warnings.count == 1)
        #expect(status.warnings.first?.contains("G.711") == true)
    }

    @Test("A camera that cannot be reached fails with its reason")
    func unreachable() async throws {
        let port = try FreePort.next()
        let status = try await record(.rtsp(url: "rtsp://127.0.0.1:\(port)/live"))
        #expect(status.state == .down)
        #expect(status.reason?.hasPrefix("nothing answers at this address") == true)
        #expect(status.profile == nil)
    }

    @Test("Without a second keyframe in time it tells what there is")
    func longGroup() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("long.mp4")
        try await TestVideo(seconds: 20, rate: 10, keyframeInterval: 200).write(to: file)
        let status = try await record(.file(path: file.path), length: .seconds(6))
        #expect(status.state == .live)
        #expect(status.profile?.groups == nil)
        #expect((status.profile?.openGroup ?? .zero) > .seconds(4))
        #expect(status.warnings.first?.hasPrefix("Keyframes are ") == true)
    }

    @Test("Frames without timestamps are told of")
    func noTimestamps() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("raw.h264")
        try await TestVideo(seconds: 20, rate: 10, keyframeInterval: 20).write(to: file)
        let status = try await record(.file(path: file.path), length: .seconds(3))
        #expect(status.input?.format == "h264")
        #expect(status.warnings.first?.contains("no timestamps") == true)
    }

    @Test("Ends at once when its task is cancelled")
    func cancelled() async throws {
        let recording = Task { try await record(.testPattern, length: .seconds(300)) }
        recording.cancel()
        let status = try await recording.value
        #expect(status.state == .down)
        #expect(status.reason == "stopped before there was any video")
    }
}
