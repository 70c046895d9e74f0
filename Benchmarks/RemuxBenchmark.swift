import Foundation
import TestSupport

/// How long after its last segment a clip is ready, beside ffmpeg alone with the same segments.
struct RemuxBenchmark {
    private static let cameras = 3
    private static let clips = 12
    /// More than a segment, so that no two clips are finished at the same time.
    private static let spacing = Duration.seconds(4)

    /// One clip, in milliseconds.
    private struct Measurement {
        // Since the last segment closed:
        let video: Double
        let ready: Double
        let seen: Double
        // ffmpeg alone, since its start:
        let remux: Double
        let syncedRemux: Double
    }

    func run() async throws {
        try await withStopping(try await Rig.start(cameras: Self.cameras)) { rig in
            try await rig.waitUntilBuffered(32)
            let measurements = try await withThrowingTaskGroup { group in
                for number in 0..<Self.clips {
                    let clip = try await rig.trigger(rig.cameras[number % Self.cameras])
                    group.addTask { try await measure(clip, rig) }
                    try await Task.sleep(for: Self.spacing)
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            show(measurements)
        }
    }

    private func measure(_ recording: ClipState, _ rig: Rig) async throws -> Measurement {
        try await Task.sleep(for: .seconds(recording.requestedEnd.timeIntervalSinceNow))
        let clip = try await rig.ready(
            recording.id,
            within: .seconds(60),
            every: .milliseconds(10)
        )
        let seen = Date()
        let folder = try rig.folder(of: clip.id)
        let segments = try segments(in: folder)
        let closed = try FileTimes.written(folder.appending(path: segments[segments.count - 1]))
        let made = try FileTimes.written(folder.appending(path: "clip.mp4"))
        let alone = try await remux(segments, in: folder, to: rig.scratch("\(clip.id).mp4"))
        guard let ready = clip.readyAt else { throw TestFailure("clip \(clip.id): no ready_at") }
        return Measurement(
            video: made.timeIntervalSince(closed) * 1000,
            ready: ready.timeIntervalSince(closed) * 1000,
            seen: seen.timeIntervalSince(closed) * 1000,
            remux: alone.remux.milliseconds,
            syncedRemux: alone.synced.milliseconds
        )
    }

    /// A clip's initialisation segment and its segments, in order.
    private func segments(in folder: URL) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let beginnings = names.filter { $0.hasPrefix("init-") }
        guard beginnings.count == 1 else {
            throw TestFailure("the camera was interrupted: \(beginnings)")
        }
        return beginnings + names.filter { $0.hasSuffix(".m4s") }
    }

    private func remux(
        _ segments: [String],
        in folder: URL,
        to file: URL
    ) async throws -> (remux: Duration, synced: Duration) {
        defer { try? FileManager.default.removeItem(at: file) }
        let start = ContinuousClock.now
        try await ChildProcess.check(
            "ffmpeg",
            ["-v", "error", "-nostdin", "-y", "-i", "concat:" + segments.joined(separator: "|")]
                + ["-c", "copy", "-movflags", "+faststart", file.path],
            workingDirectory: folder
        )
        let remux = ContinuousClock.now - start
        try DurableFile.sync(file)
        return (remux, ContinuousClock.now - start)
    }

    private func show(_ measurements: [Measurement]) {
        func sample(_ figure: (Measurement) -> Double) -> Sample {
            Sample(measurements.map(figure))
        }
        let remux = sample(\.remux).median
        let synced = sample(\.syncedRemux).median
        var table = Table(
            "remux: milliseconds after the last segment closed, \(Self.clips) clips of 30 + 30 s",
            columns: ["", "median", "max", "÷ remux", "÷ remux, synced"]
        )
        let rows = [
            ("MP4 written", sample(\.video)),
            ("ready_at", sample(\.ready)),
            ("ready for a client", sample(\.seen)),
            ("ffmpeg remux alone", sample(\.remux)),
            ("ffmpeg remux alone, synced", sample(\.syncedRemux)),
        ]
        for (name, sample) in rows {
            table.add(
                name,
                [
                    sample.median.decimals(0), sample.largest.decimals(0),
                    (sample.median / remux).decimals(2), (sample.median / synced).decimals(2),
                ]
            )
        }
        table.show()
        print("\n  aim: ready under twice as long as the remux alone")
    }
}
