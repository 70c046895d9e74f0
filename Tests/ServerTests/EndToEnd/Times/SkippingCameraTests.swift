import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("Cameras that skip frames, or have few, are dated by when each was taken")
    struct SkippingCameraTests {
        /// A pause looks like a delay to whoever knows only when frames come, and a usual distance between
        /// frames that was learnt from it makes all later ones wrong.
        @Test("With pauses again and again, after a single one, and at one picture a second")
        func skipping() async throws {
            let rtsp = try await ClockCameras.start([
                .init(id: "short-pauses"), .init(id: "long-pauses"), .init(id: "one-pause"),
            ])
            let often = try await ClockMJPEG.start(rate: 10)
            let once = try await ClockMJPEG.start(rate: 10, hasLengths: false)
            let slow = try await ClockMJPEG.start(rate: 1)
            let unmeasured = try await ClockMJPEG.start(rate: 1, hasLengths: false)
            let mjpeg = [
                ("mjpeg-often", often), ("mjpeg-once", once), ("mjpeg-1fps", slow),
                ("mjpeg-1fps-no-lengths", unmeasured),
            ]
            let sources = rtsp.sources + mjpeg.map { (id: $0, source: $1.url.absoluteString) }
            // However rarely pictures come: when each came is known.
            let judged =
                rtsp.sources.map { HindsightServer.Judged(id: $0.id) }
                + mjpeg.map { .init(id: $0, interval: $1.frameInterval, limit: 160_000) }
            let cameras = StoppableGroup([rtsp] + mjpeg.map { $1 })
            try await withStopping(cameras) { _ in
                try await rtsp["short-pauses"].tell(.skips(0.4, period: 3))
                try await rtsp["long-pauses"].tell(.skips(0.8, period: 5))
                try await often.skip(0.6, every: 4)
                try await withStopping(
                    try await HindsightServer.start(cameras: sources)
                ) { server in
                    try await server.waitForRings(of: 12)
                    try await rtsp["one-pause"].tell(.skip(0.6))
                    try await once.skip(0.6)
                    try await Task.sleep(for: .seconds(3))
                    let ids = judged.map(\.id)
                    var clips = try await server.trigger(ids, before: 8, after: 1.3)
                    // What was learnt from the single pause must not make what follows wrong.
                    try await Task.sleep(for: .seconds(5))
                    clips += try await server.trigger(ids, before: 3, after: 0.9)
                    try await server.checkTimes(of: clips, judged)
                }
            }
        }
    }
}
