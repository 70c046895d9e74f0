import TestSupport
import Testing

extension EndToEnd {
    @Suite("Cameras whose timestamps run at a wrong pace are dated by arrival")
    struct WrongPaceTests {
        @Test("From a hundredth of the pace to ten times it, with a warning that names it")
        func wrongPace() async throws {
            let paces = [0.0111, 0.7, 1.4, 2, 10.5]
            let plans = paces.map {
                ClockCameras.Plan(id: "at-\(Int($0 * 100))-percent", options: .init(pace: $0))
            }
            let sound = ClockCameras.Plan(id: "sound", options: .init(pace: 2, hasAudio: true))
            let cameras = try await ClockCameras.start(plans + [sound])
            try await withStopping(cameras) { cameras in
                try await withStopping(
                    try await HindsightServer.start(cameras: cameras.sources)
                ) { server in
                    let ahead = try await server.ringsAhead {
                        try await waitForWarnings(server)
                        // Those that hold less are refused, which is seen below.
                        try? await server.waitForRings(of: 9, timeout: .seconds(20))
                        let ids = cameras.sources.map(\.id)
                        let clips = try await server.trigger(ids, before: 6, after: 1.7)
                        try await server.checkTimes(of: clips, ids.map { .init(id: $0) })
                        try await checkSound(of: clips, server)
                    }
                    let slack = ClockCamera.frameInterval + ClipTruth.tolerance
                    #expect(ahead.filter { $0.value > slack } == [:], "rings in the future")
                }
            }
        }

        /// The sound's timestamps are right. It may be left out, and must not go its own way.
        private func checkSound(of clips: [ClipAnswer], _ server: HindsightServer) async throws {
            guard let recording = clips.first(where: { $0.camera == "sound" }) else { return }
            let clip = try await server.finished(recording.id)
            let file = try await server.download(clip, into: server.storage)
            guard try await MediaProbe(file).audio != nil else { return }
            let delays = try await ClockSound.delays(in: file)
            #expect(delays.count >= 5)
            #expect(delays.allSatisfy { abs($0) <= 0.1 }, "sound late by \(delays) s")
        }

        private func waitForWarnings(_ server: HindsightServer) async throws {
            var silent: [String] = []
            do {
                try await eventually(timeout: .seconds(25), every: .milliseconds(300)) {
                    silent = try await server.cameras().filter { camera in
                        !camera.warnings.contains { $0.contains(/timestamp|pace|fast|slow/) }
                    }.map(\.id)
                    return silent.isEmpty
                }
            } catch is TestFailure {
                Issue.record("no warning about the pace of \(silent)")
            }
        }
    }
}
