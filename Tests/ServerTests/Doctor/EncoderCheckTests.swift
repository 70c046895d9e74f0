import Segmenter
import Testing

@testable import Server

@Suite("Encoder check")
struct EncoderCheckTests {
    private func camera(_ encoder: VideoEncoder, enabled: Bool = true) -> CameraConfiguration {
        CameraConfiguration(
            id: "door",
            source: .testPattern,
            enabled: enabled,
            encoding: .init(encoder: encoder)
        )
    }

    @Test("Tries each chip of the enabled cameras once; what is missing is a warning with a remedy")
    func findings() async throws {
        let cameras = [
            camera(.libx264), camera(.nvenc), camera(.nvenc), camera(.v4l2m2m),
            camera(.qsv, enabled: false),
        ]
        let findings = await EncoderCheck.run(cameras, ffmpeg: try FFmpeg())
        #expect(findings.count == 2)
        for (finding, name) in zip(findings, ["h264_nvenc", "h264_v4l2m2m"]) {
            #expect(finding.text.contains(name))
            // A machine may have the one or the other.
            guard finding.outcome != .good else { continue }
            #expect(finding.outcome == .warning)
            #expect(finding.text.contains("libx264 would encode"))
            #expect(finding.remedy?.contains("FFMPEG_ENCODER=libx264") == true)
        }
    }
}
