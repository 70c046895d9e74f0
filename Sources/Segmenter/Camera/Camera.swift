import Glibc

/// Records one camera for as long as it is told to: starts ffmpeg, feeds the ring, starts it again.
package actor Camera {
    /// A run without a new segment for this long is ended: ffmpeg can live on and write nothing.
    private static let stallLimit = Duration.seconds(30)
    private static let stopGrace = Duration.seconds(3)

    package nonisolated let configuration: CameraConfiguration
    package nonisolated let ring: Ring
    private let folder: String
    private let ffmpeg: FFmpeg
    private let report: @Sendable (String) -> Void
    private let onChange: @Sendable () -> Void
    private let executor: QueueExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private(set) package var status: CameraStatus
    /// What the source last said it sends: the next run needs no guess.
    private var input: InputDescription?

    /// - Parameters:
    ///   - folder: where this camera's runs get their directories.
    ///   - report: takes a line for the log whenever the camera's state changes.
    ///   - onChange: told that `status` has another state or reason.
    package init(
        _ configuration: CameraConfiguration,
        folder: String,
        ffmpeg: FFmpeg,
        report: @escaping @Sendable (String) -> Void,
        onChange: @escaping @Sendable () -> Void = {}
    ) {
        self.configuration = configuration
        self.folder = folder
        self.ffmpeg = ffmpeg
        self.report = report
        self.onChange = onChange
        executor = QueueExecutor(label: "camera.\(configuration.id)")
        ring = Ring(bufferDuration: configuration.bufferDuration, executor: executor)
        status = CameraStatus(
            state: configuration.enabled ? .starting : .disabled,
            since: .now()
        )
    }

    /// Records until the task is cancelled; then ffmpeg has ended and the ring is closed.
    package func run() async {
        var backoff = Backoff()
        while configuration.enabled && !Task.isCancelled {
            let started = ContinuousClock.now
            let ending = await record()
            if Task.isCancelled { break }
            guard case .failed(let reason) = ending else { continue }
            enter(.down, reason)
            let wait = backoff.next(
                afterLiving: ContinuousClock.now - started,
                jitter: .random(in: 0..<1)
            )
            await ring.prune(now: .now())
            try? await Task.sleep(for: wait)
            status.restarts += 1
        }
        await ring.close()
    }

    private func enter(_ state: CameraStatus.State, _ reason: String? = nil) {
        guard status.state != state || status.reason != reason else { return }
        status.state = state
        status.reason = reason
        status.since = .now()
        report("camera \(configuration.id) is \(state.rawValue)" + (reason.map { ": \($0)" } ?? ""))
        onChange()
    }

    // MARK: - One run

    private enum Ending {
        /// The source sends something else than was planned for.
        case replanned
        case failed(reason: String)
    }

    private func record() async -> Ending {
        let plan =
            input.map { RecordingPlan(for: $0, from: configuration.source) }
            ?? RecordingPlan(guessing: configuration.source)
        status.plan = plan
        let run: CameraRun
        do {
            run = try await CameraRun.start(
                in: folder,
                ffmpeg: ffmpeg,
                arguments: RecordingArguments.make(for: configuration, plan: plan)
            )
        } catch {
            return .failed(reason: "\(error)")
        }
        await ring.begin(run: run.id)
        let ticker = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(5))
                run.tick()
            }
        }
        // In a task of its own: a cancelled one is told no more events, not even the run's end.
        let following = Task { await follow(run, plan) }
        let ending = await withTaskCancellationHandler {
            await following.value
        } onCancel: {
            Task { await run.process.stop(grace: Self.stopGrace) }
        }
        ticker.cancel()
        await ring.end(run: run.id, directory: run.directory)
        return ending
    }

    private func follow(_ run: CameraRun, _ plan: RecordingPlan) async -> Ending {
        var intake = SegmentIntake(runID: run.id, directory: run.directory)
        var log = FFmpegLog(secrets: Secrets(of: configuration.source))
        var newest = ContinuousClock.now
        var ending: Ending?
        for await event in run.events {
            switch event {
            case .renamed(let name):
                if await take(name, of: run, into: &intake) { newest = .now }
            case .log(let line):
                guard let found = log.add(line) else { continue }
                input = found
                status.input = found
                if found.video != nil,
                    RecordingPlan(for: found, from: configuration.source) != plan
                {
                    ending = .replanned
                    run.process.send(SIGKILL)
                }
            case .tick:
                guard ContinuousClock.now - newest > Self.stallLimit else { continue }
                let reason = "no video for \(Int(Self.stallLimit.seconds)) s: starting it again"
                ending = .failed(reason: reason)
                enter(.stalled, reason)
                run.process.send(SIGKILL)
            case .ended(let exit):
                // What inotify has not told yet, or lost.
                for name in Directory.names(run.directory) {
                    await take(name, of: run, into: &intake)
                }
                return ending ?? .failed(reason: log.reason(exit))
            }
        }
        return .failed(reason: "nobody follows it any more")
    }

    /// Puts a finished file into the ring, if it is a segment that is not there yet.
    @discardableResult
    private func take(
        _ name: String,
        of run: CameraRun,
        into intake: inout SegmentIntake
    ) async -> Bool {
        guard name.hasSuffix(".m4s") else { return false }
        do {
            guard let segment = try intake.take(name, sequence: await ring.sequence) else {
                return false
            }
            status.media = segment.run.media
            status.profiler = intake.profiler
            await ring.append(segment)
            enter(.live)
            return true
        } catch {
            report("camera \(configuration.id): \(name) is left out: \(error)")
            // The ring does not know it, so nothing else would ever delete it.
            unlink(run.directory + "/" + name)
            return false
        }
    }
}
