import Foundation
import TestSupport

/// Many cameras for long: no segment lost, nothing growing, and at the end a clip of each at once.
struct SoakBenchmark {
    private static let interval = Duration.seconds(15)
    /// Rows of the table.
    private static let rows = 10

    let cameras: Int
    let minutes: Int

    /// What the processes used in one interval, and had at its end.
    private struct Look {
        let serverCPU: Double
        let ffmpegCPU: Double
        let serverMemory: Double
        let ffmpegMemory: Double
        let descriptors: Double
    }

    func run() async throws {
        let limit = Duration.seconds(minutes * 60 + 900)
        let rig = try await Rig.start(cameras: cameras, bitRate: "3M", limit: limit)
        try await withStopping(rig) { rig in
            try await rig.waitUntilFull()
            var violations = Violations()
            // While they were starting all at once, some may have needed another attempt.
            let restarts = try await rig.cameraStates().map(\.restarts)
            var lists: [String: LivePlaylist] = [:]
            var looks: [Look] = []
            let start = ContinuousClock.now
            var earlier = try figures(rig)
            while ContinuousClock.now - start < .seconds(minutes * 60) {
                let began = ContinuousClock.now
                try await Task.sleep(for: Self.interval)
                let later = try figures(rig)
                looks.append(Self.look(earlier, later, ContinuousClock.now - began, rig))
                earlier = later
                for camera in rig.cameras {
                    let list = try await rig.livePlaylist(of: camera)
                    let losses = list.losses(since: lists[camera])
                    for loss in losses { violations.add("\(camera): \(loss)") }
                    lists[camera] = list
                }
            }
            show(looks)
            let states = try await rig.cameraStates()
            for (state, before) in zip(states, restarts) {
                violations.add(
                    "\(state.id): \(state.status), \(state.restarts - before) restarts",
                    if: state.restarts > before || state.status != "live"
                )
            }
            judge(looks, &violations)
            try await triggerAll(rig, &violations)
            try violations.show()
        }
    }

    private func figures(_ rig: Rig) throws -> (server: ProcessFigures, ffmpegs: [ProcessFigures]) {
        let ffmpegs = try ProcessFigures.children(of: rig.pid)
        return (try ProcessFigures(pid: rig.pid), try ffmpegs.map { try ProcessFigures(pid: $0) })
    }

    private static func look(
        _ earlier: (server: ProcessFigures, ffmpegs: [ProcessFigures]),
        _ later: (server: ProcessFigures, ffmpegs: [ProcessFigures]),
        _ time: Duration,
        _ rig: Rig
    ) -> Look {
        func sum(_ list: [ProcessFigures], _ figure: (ProcessFigures) -> Double) -> Double {
            list.map(figure).reduce(0, +)
        }
        let spent = sum(later.ffmpegs, \.cpuSeconds) - sum(earlier.ffmpegs, \.cpuSeconds)
        let descriptors = try? FileManager.default.contentsOfDirectory(
            atPath: "/proc/\(rig.pid)/fd"
        )
        return Look(
            serverCPU: (later.server.cpuSeconds - earlier.server.cpuSeconds) / time.seconds * 100,
            ffmpegCPU: spent / time.seconds * 100,
            serverMemory: Double(later.server.resident) / 1e6,
            ffmpegMemory: sum(later.ffmpegs) { Double($0.proportional) } / 1e6,
            descriptors: Double(descriptors?.count ?? 0)
        )
    }

    private func show(_ looks: [Look]) {
        var table = Table(
            "soak: \(cameras) RTSP cameras of 1080p25 at 3 Mb/s, copied, \(minutes) minutes; medians",
            columns: [
                "until min", "hindsight CPU %", "ffmpeg CPU %", "hindsight MB", "ffmpeg Pss MB",
                "descriptors",
            ]
        )
        let size = max(1, (looks.count + Self.rows - 1) / Self.rows)
        for start in stride(from: 0, to: looks.count, by: size) {
            let part = looks[start..<min(start + size, looks.count)]
            let median = { (figure: (Look) -> Double) in Sample(part.map(figure)).median }
            table.add(
                (Double(part.endIndex) * Self.interval.seconds / 60).decimals(1),
                [
                    median(\.serverCPU).decimals(1), median(\.ffmpegCPU).decimals(1),
                    median(\.serverMemory).decimals(1), median(\.ffmpegMemory).decimals(1),
                    median(\.descriptors).decimals(0),
                ]
            )
        }
        table.show()
    }

    /// The last third beside the second: what grows goes on growing.
    private func judge(_ looks: [Look], _ violations: inout Violations) {
        let third = looks.count / 3
        guard third > 0 else { return }
        func compare(
            _ name: String,
            _ figure: (Look) -> Double,
            within share: Double,
            and more: Double
        ) {
            let earlier = Sample(looks[third..<2 * third].map(figure)).median
            let later = Sample(looks[(2 * third)...].map(figure)).median
            violations.add(
                "\(name) grew from \(earlier.decimals(1)) to \(later.decimals(1))",
                if: later > earlier * (1 + share) + more
            )
        }
        compare("memory of hindsight, MB", \.serverMemory, within: 0.05, and: 1)
        compare("memory of ffmpeg, MB", \.ffmpegMemory, within: 0.05, and: 5)
        compare("descriptors", \.descriptors, within: 0, and: 4)
    }

    private func triggerAll(_ rig: Rig, _ violations: inout Violations) async throws {
        let clips = try await rig.trigger(rig.cameras, before: 30, after: 30)
        var waits: [Double] = []
        var errors: [Double] = []
        for recording in clips {
            let clip = try await rig.ready(
                recording.id,
                within: .seconds(180),
                every: .milliseconds(200)
            )
            waits.append(clip.readyAt?.timeIntervalSince(clip.requestedEnd) ?? .infinity)
            let probe = try await MediaProbe(
                try rig.folder(of: clip.id).appending(path: "clip.mp4")
            )
            let error = abs((probe.video?.duration ?? 0) - 60)
            errors.append(error)
            violations.add("\(clip.camera): \(error.decimals(3)) s off", if: error > 0.041)
            violations.add("\(clip.camera): \(clip.gaps)", if: !clip.gaps.isEmpty)
        }
        print(
            """

              \(clips.count) triggers at once: ready after \(Sample(waits).median.decimals(2)) s, at \
            most \(Sample(waits).largest.decimals(2)) s; lengths off by at most \
            \(Sample(errors).largest.decimals(3)) s (aim: one frame, 0.040 s)
            """
        )
    }
}
