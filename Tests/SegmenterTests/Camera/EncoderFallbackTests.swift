import TestSupport
import Testing

@testable import Segmenter

@Suite("Encoder fall-back")
struct EncoderFallbackTests {
    @Test(
        "A chip that is not there gives way to libx264, which says so, without a failed attempt",
        arguments: VideoEncoder.allCases.filter { $0 != .libx264 }
    )
    func fallback(_ encoder: VideoEncoder) async throws {
        let encoding = CameraConfiguration.Encoding(
            encoder: encoder,
            preset: "ultrafast",
            crf: 30,
            size: PictureSize(width: 320, height: 180)
        )
        // A machine that has the chip records with it; there is nothing to fall back from.
        let fault = await EncoderTrial.run(encoding, ffmpeg: try FFmpeg())
        try await RecordedCamera.record(.testPattern, change: { $0.encoding = encoding }) {
            camera in
            let segments = try await camera.segments(2)
            #expect(segments[0].run.media.video?.codec == "h264")
            #expect(segments[0].run.media.video?.kind == .video(width: 320, height: 180))
            let status = await camera.camera.status
            #expect(status.restarts == 0)
            guard fault != nil else { return #expect(status.reason == nil) }
            let reason = try #require(status.reason)
            #expect(reason.hasPrefix("\(encoder.rawValue) cannot be used ("))
            #expect(reason.hasSuffix("libx264 encodes instead, which costs CPU"))
            #expect(camera.log == ["camera door is live: \(reason)"])
        }
    }
}
