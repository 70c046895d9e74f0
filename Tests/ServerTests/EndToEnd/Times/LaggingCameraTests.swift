import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("What comes late is dated by when it was taken")
    struct LaggingCameraTests {
        /// A camera and a network that send at half the pace and then catch up, and a recorder that
        /// hangs: nothing is lost, and everything is late.
        @Test("While a camera lags, and when it has caught up")
        func lagging() async throws {
            let cameras = try await ClockCameras.start([
                .init(id: "camera"), .init(id: "network", jitter: .init(longest: 0)),
                .init(id: "ffmpeg"),
            ])
            try await withStopping(cameras) { cameras in
                try await withStopping(
                    try await HindsightServer.start(cameras: cameras.sources)
                ) { server in
                    let ids = cameras.sources.map(\.id)
                    let judged = ids.map {
                        HindsightServer.Judged(id: $0, widestAccuracy: 10)
                    }
                    let ahead = try await server.ringsAhead {
                        try await server.waitForRings(of: 10)
                        let started = ContinuousClock.now
                        try await cameras["camera"].tell(.slow(0.5))
                        try await cameras.network(of: "network").slow(to: 0.5)
                        let ffmpeg = try #require(try server.ffmpeg(of: cameras["ffmpeg"]))
                        async let hanging: Void = hang(ffmpeg, for: .seconds(6))
                        try await expectLag(of: ["camera", "network"], since: started, server)
                        try await hanging
                        try await Task.sleep(until: started + .seconds(10))
                        // Asked for while the rings are seconds behind.
                        var clips = try await server.trigger(ids, before: 6, after: 1)
                        try await Task.sleep(for: .seconds(1))
                        try await cameras["camera"].tell(.catchUp)
                        try await cameras.network(of: "network").catchUp()
                        try await expectNoLag(server)
                        clips += try await server.trigger(ids, before: 16, after: 0.8)
                        try await server.checkTimes(of: clips, judged)
                    }
                    let slack = ClockCamera.frameInterval + ClipTruth.tolerance
                    #expect(ahead.filter { $0.value > slack } == [:], "rings in the future")
                }
            }
        }

        /// Less than what a camera is started anew after.
        private func hang(_ process: pid_t, for time: Duration) async throws {
            kill(process, SIGSTOP)
            defer { kill(process, SIGCONT) }
            try await Task.sleep(for: time)
        }

        /// Each must say that it lags, and by no more than half the time since it is slow.
        private func expectLag(
            of ids: [String],
            since start: ContinuousClock.Instant,
            _ server: HindsightServer
        ) async throws {
            var lags: [String: Double] = [:]
            let limit = start + .seconds(9)
            while ContinuousClock.now < limit && !ids.allSatisfy({ lags[$0, default: 0] >= 1 }) {
                for camera in try await server.cameras() where camera.status == "lagging" {
                    lags[camera.id] = max(camera.lag ?? 0, lags[camera.id] ?? 0)
                }
                try await Task.sleep(for: .milliseconds(200))
            }
            let half = (ContinuousClock.now - start) / .seconds(1) / 2
            for id in ids {
                let lag = lags[id] ?? 0
                #expect(0.5...half + 1 ~= lag, "\(id) says that it lags by \(lag) s of \(half)")
            }
        }

        private func expectNoLag(_ server: HindsightServer) async throws {
            try await eventually("live cameras", timeout: .seconds(20), every: .milliseconds(200)) {
                try await server.cameras().allSatisfy {
                    $0.status == "live" && ($0.lag ?? 0) < 1
                }
            }
            // The clips after it are to hold what came late.
            try await Task.sleep(for: .seconds(2))
        }
    }
}
