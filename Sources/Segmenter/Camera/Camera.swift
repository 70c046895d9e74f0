import Glibc
import Synchronization

/// Records one camera for as long as it is told to: starts ffmpeg, feeds the ring, starts it again.
package actor Camera {
    /// A run that has lived so long may be followed by another at once if what the camera sends changes.
    private static let steadyLife = Duration.seconds(10)
    private static let otherSource = "the source sends something else than before"
    private static let stopGrace = Duration.seconds(3)

    /// By what it is recorded: the same for the whole of a run, but for what ffmpeg need not know.
    package nonisolated var configuration: CameraConfiguration { settings.withLock { $0 } }
    package nonisolated let ring: Ring
    private let settings: Mutex<CameraConfiguration>
    /// By what it is to be recorded next.
    private var wanted: CameraConfiguration
    /// Runs one after another, or a rest while the camera is disabled; `change` cancels it.
    private var activity: Task<Void, Never>?
    private let folder: String
    private let clock: SystemClock
    private let ffmpeg: FFmpeg
    private let report: @Sendable (String) -> Void
    private let onChange: @Sendable () -> Void
    private let executor: QueueExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private(set) package var status: CameraStatus
    private var planner: RunPlanner
    /// Why there is no footage since the last there was, in plain words.
    private var gapReason: String?
    /// Until the next run tells: of what kind the picture was before the last run ended for another.
    private var pictureBefore: Track.Kind?
    /// It did so for nothing: the camera varies what it says of its picture, or says it wrongly.
    private var variesParameters = false

    /// - Parameters:
    ///   - folder: where this camera's runs get their directories.
    ///   - report: takes a line for the log whenever the camera's state changes.
    ///   - onChange: told that `status` has another state or reason.
    package init(
        _ configuration: CameraConfiguration,
        folder: String,
        ffmpeg: FFmpeg,
        clock: SystemClock = SystemClock(),
        report: @escaping @Sendable (String) -> Void,
        onChange: @escaping @Sendable () -> Void = {}
    ) {
        settings = Mutex(configuration)
        wanted = configuration
        self.folder = folder
        self.ffmpeg = ffmpeg
        self.clock = clock
        self.report = report
        self.onChange = onChange
        planner = RunPlanner(for: configuration)
        executor = QueueExecutor(label: "camera.\(configuration.id)")
        ring = Ring(
            bufferDuration: configuration.bufferDuration,
            executor: executor,
            clock: clock
        )
        status = CameraStatus(
            state: configuration.enabled ? .starting : .disabled,
            since: .now()
        )
    }

    /// Records until the task is cancelled; then ffmpeg has ended and the ring is closed.
    package func run() async {
        while !Task.isCancelled {
            adoptWanted()
            let isEnabled = configuration.enabled
            let activity = Task { await isEnabled ? recordOn() : rest() }
            self.activity = activity
            await withTaskCancellationHandler {
                await activity.value
            } onCancel: {
                activity.cancel()
            }
        }
        await ring.close()
    }

    /// Goes on by other settings, in the same ring. ffmpeg is started anew only if they concern it, and
    /// has taken its last segment in when this returns.
    package func change(to new: CameraConfiguration) async {
        wanted = new
        var present = configuration
        (present.name, present.bufferDuration) = (new.name, new.bufferDuration)
        settings.withLock { $0 = present }
        await ring.keep(new.bufferDuration)
        guard present != new else { return }
        activity?.cancel()
        await activity?.value
        adoptWanted()
    }

    private func adoptWanted() {
        let old = configuration
        guard old != wanted else { return }
        settings.withLock { $0 = wanted }
        planner = RunPlanner(for: wanted)
        if old.source != wanted.source {
            // What the other source sent says nothing of this one.
            (pictureBefore, variesParameters) = (nil, false)
            status = CameraStatus(state: status.state, reason: status.reason, since: status.since)
        }
        enter(wanted.enabled ? .starting : .disabled)
    }

    /// Removes its footage when nobody reads it any more. For a camera that runs no longer.
    package func removeFootage() async {
        await ring.removeAll()
        // Not empty if a camera of the same id is recorded there again.
        rmdir(folder)
    }

    /// Lets the ring's footage go when it is too old, until the task is cancelled.
    private func rest() async {
        await ring.close()
        while !Task.isCancelled {
            await ring.prune(now: clock.now)
            try? await Task.sleep(for: .seconds(5))
        }
    }

    /// Starts ffmpeg again and again until the task is cancelled.
    private func recordOn() async {
        var backoff = Backoff()
        while !Task.isCancelled {
            let started = ContinuousClock.now
            let ending = await record()
            if Task.isCancelled { break }
            guard let reason = ending.reason else { continue }
            enter(.down, reason)
            let lifetime = ContinuousClock.now - started
            if ending.isFailure || lifetime < Self.steadyLife {
                let wait = backoff.next(afterLiving: lifetime, jitter: .random(in: 0..<1))
                await ring.prune(now: clock.now)
                try? await Task.sleep(for: wait)
            }
            status.restarts += 1
        }
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

    private func record() async -> Ending {
        planner.begin(formats: await deviceFormats())
        status.plan = planner.plan
        let run: CameraRun
        do {
            run = try await CameraRun.start(
                in: folder,
                ffmpeg: ffmpeg,
                arguments: RecordingArguments.make(for: configuration, plan: planner.plan)
            )
        } catch {
            gapReason = "\(error)"
            return .failed(reason: "\(error)")
        }
        await ring.begin(run: run.id)
        let ticker = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(1))
                run.tick()
            }
        }
        // In a task of its own: a cancelled one is told no more events, not even the run's end.
        let following = Task { await follow(run) }
        let ending = await withTaskCancellationHandler {
            await following.value
        } onCancel: {
            Task { await run.process.stop(grace: Self.stopGrace) }
        }
        ticker.cancel()
        switch ending {
        case _ where wanted != configuration: gapReason = "the camera's settings were changed"
        case .changed(let reason), .failed(let reason): gapReason = reason
        case .replanned:
            // At the beginning there is nothing to be missing.
            if gapReason == nil, await ring.sequence > 0 { gapReason = Self.otherSource }
        }
        await ring.end(run: run.id, directory: run.directory, reason: gapReason)
        return ending
    }

    /// What a V4L2 device can send; nil for other sources.
    private func deviceFormats() async -> V4L2Formats? {
        guard case .usb(let device) = configuration.source else { return nil }
        return await V4L2Formats.ask(device, ffmpeg: ffmpeg)
    }

    private func follow(_ run: CameraRun) async -> Ending {
        let intake = PartIntake(
            runID: run.id,
            directory: run.directory,
            segmentDuration: configuration.segmentDuration,
            sequence: await ring.sequence,
            comparesPictures: !variesParameters,
            gapReason: gapReason,
            latency: configuration.latency,
            clock: clock
        )
        var follower = RunFollower(run, intake: intake, secrets: Secrets(of: configuration.source))
        for await event in run.events {
            switch event {
            case .renamed(let name):
                await take(name, by: &follower)
            case .log(let line):
                if let found = follower.hear(line, planner: &planner) { status.input = found }
            case .tick:
                if let reason = follower.tick() { enter(.stalled, reason) }
            case .ended(let exit):
                for name in follower.rest() { await take(name, by: &follower) }
                for segment in follower.finish() { await ring.append(segment) }
                pictureBefore = follower.pictureBefore ?? pictureBefore
                return follower.outcome(exit)
            }
        }
        return .failed(reason: "nobody follows it any more")
    }

    /// Puts what is in a part's file into the ring.
    private func take(_ name: String, by follower: inout RunFollower) async {
        let growth = follower.take(name) { error in
            report("camera \(configuration.id): a part of the recording is left out: \(error)")
        }
        guard let growth else { return }
        for segment in growth.closed { await ring.append(segment) }
        await ring.update(open: growth.open, isSettling: growth.isSettling)
        let intake = follower.intake
        guard growth.open != nil || growth.isSettling, let media = intake.media else { return }
        if let pictureBefore {
            variesParameters = media.video?.kind == pictureBefore
            self.pictureBefore = nil
        }
        status.media = media
        status.profiler = intake.profiler
        status.clock = intake.clockFigures
        gapReason = nil
        if growth.isSettling { return }
        let notices =
            planner.notices + intake.notices(bufferDuration: configuration.bufferDuration)
        enter(.live, notices.isEmpty ? nil : notices.joined(separator: "; "))
    }
}
