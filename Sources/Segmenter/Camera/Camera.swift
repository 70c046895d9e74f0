import Glibc

/// Records one camera for as long as it is told to: starts ffmpeg, feeds the ring, starts it again.
package actor Camera {
    /// A run without a new part for this long is ended: ffmpeg can live on and write nothing.
    private static let stallLimit = Duration.seconds(30)
    /// So is one whose newest segment has grown this long: most cameras send a keyframe when asked anew.
    private static let keyframeLimit = Duration.seconds(600)
    private static let otherSource = "the source sends something else than before"
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
    private var hasBFrames = false
    /// Why there is no footage since the last there was, in plain words.
    private var gapReason: String?

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

        var isReplanned: Bool {
            if case .replanned = self { true } else { false }
        }
    }

    private func record() async -> Ending {
        let plan = plan(for: input)
        let run: CameraRun
        do {
            run = try await CameraRun.start(
                in: folder,
                ffmpeg: ffmpeg,
                arguments: RecordingArguments.make(for: configuration, plan: plan)
            )
        } catch {
            gapReason = "\(error)"
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
        switch ending {
        case .failed(let reason): gapReason = reason
        case .replanned:
            // At the beginning there is nothing to be missing.
            if gapReason == nil, await ring.sequence > 0 { gapReason = Self.otherSource }
        }
        await ring.end(run: run.id, directory: run.directory, reason: gapReason)
        return ending
    }

    private func plan(for input: InputDescription?) -> RecordingPlan {
        var plan =
            input.map { RecordingPlan(for: $0, from: configuration.source) }
            ?? RecordingPlan(guessing: configuration.source)
        plan.hasBFrames = hasBFrames
        return plan
    }

    private func follow(_ run: CameraRun, _ plan: RecordingPlan) async -> Ending {
        var intake = PartIntake(
            runID: run.id,
            directory: run.directory,
            segmentDuration: configuration.segmentDuration,
            sequence: await ring.sequence,
            expectsBFrames: plan.hasBFrames,
            gapReason: gapReason
        )
        var log = FFmpegLog(secrets: Secrets(of: configuration.source))
        var newest = ContinuousClock.now
        // Only what the source sends tells whether the plan is right, and with the first parts that may
        // still be on its way. They wait: taking one takes those before it. Not for ever, though.
        var isDescribed = false
        var ending: Ending?
        for await event in run.events {
            switch event {
            case .renamed(let name):
                // What was recorded by the wrong plan, players may not take.
                if ending?.isReplanned ?? !isDescribed { continue }
                guard await take(name, into: &intake) else { continue }
                newest = .now
                if intake.hasUnexpectedBFrames {
                    hasBFrames = true
                    ending = .replanned
                    run.process.send(SIGKILL)
                    continue
                }
                guard intake.sinceKeyframe > Self.keyframeLimit else { continue }
                let minutes = Int(Self.keyframeLimit.seconds) / 60
                ending = .failed(reason: "no keyframe for \(minutes) min: starting it again")
                run.process.send(SIGKILL)
            case .log(let line):
                guard let found = log.add(line) else { continue }
                isDescribed = true
                input = found
                status.input = found
                if found.video != nil, self.plan(for: found) != plan {
                    ending = .replanned
                    run.process.send(SIGKILL)
                }
            case .tick:
                isDescribed = true
                guard ContinuousClock.now - newest > Self.stallLimit else { continue }
                let reason = "no video for \(Int(Self.stallLimit.seconds)) s: starting it again"
                ending = .failed(reason: reason)
                enter(.stalled, reason)
                run.process.send(SIGKILL)
            case .ended(let exit):
                // What inotify has not told yet, or lost.
                if !(ending?.isReplanned ?? false) {
                    for name in Directory.names(run.directory) { await take(name, into: &intake) }
                }
                if let last = intake.finish() { await ring.append(last) }
                return ending ?? .failed(reason: log.reason(exit))
            }
        }
        return .failed(reason: "nobody follows it any more")
    }

    /// Puts what is in a part's file into the ring; false if it is none, or there already.
    @discardableResult
    private func take(_ name: String, into intake: inout PartIntake) async -> Bool {
        let growth = intake.take(name) { error in
            report("camera \(configuration.id): a part of the recording is left out: \(error)")
        }
        guard let growth else { return false }
        for segment in growth.closed { await ring.append(segment) }
        await ring.update(open: growth.open)
        if let segment = growth.open?.segment {
            status.media = segment.run.media
            gapReason = nil
            enter(.live)
        }
        return true
    }
}
