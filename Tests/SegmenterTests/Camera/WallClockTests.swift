import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Wall-clock times of segments")
struct WallClockTests {
    /// The camera writes the moment of capture into every frame; the ring must say the same.
    @Test("Agree with the moments at which their first frames were taken")
    func agree() async throws {
        let url = try await RTSPCameras.shared().url(for: .clock).absoluteString
        try await RecordedCamera.record(.rtsp(url: url)) { recorded in
            let segments = try await recorded.segments(5)
            let frames = try await ClockFrames.read(file: try recorded.playable(segments))
            // The first is placed by itself alone; it may be late.
            for segment in segments.dropFirst() {
                let frame = try #require(
                    frames.first { abs($0.pts - segment.mediaStart.seconds) < 0.002 }
                )
                let taken = Timestamp(microseconds: frame.captureTime)
                let error = (segment.start - taken).seconds
                #expect(abs(error) < segment.frameInterval.seconds + 0.06)
            }
        }
    }
}
