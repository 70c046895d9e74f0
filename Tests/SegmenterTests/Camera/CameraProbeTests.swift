import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Camera probe")
struct CameraProbeTests {
    private func ask(_ source: CameraSource) async throws -> CameraProbe.Answer {
        let camera = CameraConfiguration(id: "door", source: source)
        return await CameraProbe.ask(camera, ffmpeg: try FFmpeg(), limit: .seconds(60))
    }

    @Test("Tells what a camera sends")
    func sends() async throws {
        let url = try await RTSPCameras.shared().url(for: .h264).absoluteString
        guard case .sends(let input) = try await ask(.rtsp(url: url)) else {
            Issue.record("no answer")
            return
        }
        #expect(input.video?.codec == "h264")
        #expect(input.video?.width == 640)
        #expect(input.audioCodec == nil)
    }

    @Test("Tells in plain words why a camera does not answer, without its password")
    func fails() async throws {
        let port = try FreePort.next()
        let answer = try await ask(.rtsp(url: "rtsp://admin:s3cret@127.0.0.1:\(port)/live"))
        let expected =
            "nothing answers at this address and port: is the camera on? "
            + "(rtsp://***@127.0.0.1:\(port)/live: Connection refused)"
        #expect(answer == .fails(reason: expected))
    }
}
