import Glibc
import Synchronization

/// Records one camera for as long as it is told to: starts ffmpeg, feeds the ring, starts it again.
package actor Camera {
    /// A run that has lived so long may be followed by another at once if what the camera sends changes.
    private static let steadyLife = Duration.seconds(10)
    private static let otherSource = "the source sends something else than before"
    /// A frame is encoded in less, or the encoder cannot keep up.
    private static let encodingDoubt = Duration.milliseconds(40)
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
    private let thread: RecordingThread
    private let ffmpeg: FFmpeg
    private let report: @Sendable (String) -> Void
    private let onChange: @Sendable () -> Void
    private let executor: QueueExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    private(set) package var status: CameraStatus
    private var planner: RunPlanner
    /// What was found out of a refused login; each question is one more failed attempt in the camera's eyes.
    private var refusal: (asked: String, answer: String?)?
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
    ///   - thread: reads what is recorded.
    package init(
        _ configuration: CameraConfiguration,
        folder: String,
        ffmpeg: FFmpeg,
        clock: SystemClock = SystemClock(),
        thread: RecordingThread = .shared,
        report: @escaping @Sendable (String) -> Void,
        onChange: @escaping @Sendable () -> Void = {}
    ) {
        settings = Mutex(configuration)
        wanted = configuration
        self.folder = folder
        self.ffmpeg = ffmpeg
        self.clock = clock
        self.thread = thread
        self.report = report
        self.onChange = onChange
        planner = RunPlanner(for: configuration)
        executor = QueueExecutor(label: "camera.\(configuration.id)")
        ring = Ring(
            bufferDuration: configuration.bufferDuration,
            executor: thread,
            clock: clock,
            remover: .inBackground
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
        await ring.setBufferDuration(new.bufferDuration)
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
            (pictureBefore, variesParameters, refusal) = (nil, false, nil)
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
        if planner.wantsBeginning,
            let beginning = await StreamBeginning.ask(configuration.source, ffmpeg: ffmpeg)
        {
            planner.learn(beginning)
        }
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
        // In a task of its own: a cancelled one is told no more events, not even the run's end.
        let following = Task { await follow(run) }
        let ending = await withTaskCancellationHandler {
            await explained(following.value)
        } onCancel: {
            Task { await run.process.stop(grace: Self.stopGrace) }
        }
        switch ending {
        case _ where wanted != configuration: gapReason = "the camera's settings were changed"
        case .changed(let reason), .failed(let reason): gapReason = reason
        case .replanned:
            // At the beginning there is nothing to be missing.
            if gapReason == nil, await ring.sequence > 0 { gapReason = Self.otherSource }
        }
        status.lag = nil
        await ring.end(run: run.id, directory: run.layout.directory, reason: gapReason)
        return ending
    }

    /// The ending with better words, where more can be found out.
    private func explained(_ ending: Ending) async -> Ending {
        guard case .failed(let reason) = ending, !Task.isCancelled else { return ending }
        if refusal?.asked != reason {
            let source = configuration.source
            let answer = await LoginChallenge.explain(reason, of: source, ffmpeg: ffmpeg)
            refusal = (reason, answer)
        }
        return refusal?.answer.map { .failed(reason: $0) } ?? ending
    }

    /// What a V4L2 device can send; nil for other sources.
    private func deviceFormats() async -> V4L2Formats? {
        guard case .usb(let device) = configuration.source else { return nil }
        return await V4L2Formats.ask(device, ffmpeg: ffmpeg)
    }

    private func follow(_ run: CameraRun) async -> Ending {
        var follower = RunFollower(run, secrets: Secrets(of: configuration.source))
        // Until the run is read, which reports by itself.
        let ticker = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(1))
                run.events.add(.tick)
            }
        }
        defer { ticker.cancel() }
        var intake: RunIntake?
        var look: Int?
        defer { if let look { thread.removeLook(look) } }
        for await event in run.events.stream {
            switch event {
            case .log(let line):
                run.events.finishLine()
                if let found = follower.add(line: line, planner: &planner) { status.input = found }
            case .found(.began(let media)):
                acceptFootage(of: media)
            case .found(.misfit(let misfit)):
                follower.end(for: misfit, planner: &planner)
                pictureBefore = follower.pictureBefore ?? pictureBefore
            case .found(.report(let report)):
                judge(report, by: &follower)
            case .tick:
                judge(RunReport(), by: &follower)
            case .ended(let exit):
                follower.finishDescription()
                if let look { thread.removeLook(look) }
                if follower.isPlannedWell {
                    if intake == nil { intake = await makeIntake(of: run) }
                    if let report = await intake?.finish() { adopt(report) }
                }
                return follower.outcome(exit)
            }
            // Only now is it known how ffmpeg reads the source.
            if intake == nil, follower.isPlannedWell {
                let new = await makeIntake(of: run)
                intake = new
                ticker.cancel()
                look = await connect(new)
            }
        }
        return .failed(reason: "nobody follows it any more")
    }

    /// Has the thread look for what the run writes, and the ring ask for it.
    private func connect(_ intake: RunIntake) async -> Int {
        let read: RecordingThread.Look = { intake.assumeIsolated { $0.readGrowth() } }
        let look = thread.addLook(read)
        await ring.setSource(
            RingSource(read: { _ = read() }, hasten: { [thread] in thread.hastenLook(look) })
        )
        return look
    }

    private func makeIntake(of run: CameraRun) async -> RunIntake {
        let settings = RunIntake.Settings(
            runID: run.id,
            layout: run.layout,
            sequence: await ring.sequence,
            comparesPictures: !variesParameters,
            gapReason: gapReason,
            latency: configuration.latency,
            heldFrames: planner.heldFrames,
            arrivalDoubt: planner.plan.video == .encode ? Self.encodingDoubt : .zero,
            isStampedByArrival: planner.plan.isStampedByArrival,
            comesInFiles: planner.plan.isPlaylist,
            bufferDuration: configuration.bufferDuration,
            isLive: configuration.source.isLive && !planner.plan.loops
        )
        return RunIntake(
            settings,
            ring: ring,
            clock: clock,
            onFinding: { run.events.add(.found($0)) },
            onLoss: { [report, id = configuration.id] error in
                report("camera \(id): a part of the recording is left out: \(error)")
            }
        )
    }

    /// There is footage again, be it that nobody knows yet when it was taken.
    private func acceptFootage(of media: InitSegment) {
        if let pictureBefore {
            variesParameters = media.video?.kind == pictureBefore
            self.pictureBefore = nil
        }
        status.media = media
        gapReason = nil
    }

    /// Takes in how the run stands.
    private func judge(_ report: RunReport, by follower: inout RunFollower) {
        adopt(report)
        let judgement = follower.judge(
            report,
            planner: &planner,
            bufferDuration: configuration.bufferDuration
        )
        if let (state, reason) = judgement { enter(state, reason) }
    }

    private func adopt(_ report: RunReport) {
        if let media = report.media {
            status.media = media
            status.profiler = report.profiler
            status.clock = report.clock
        }
        status.lag = report.lag > .zero ? report.lag : nil
        status.lacksSound = report.lacksSound
        status.notices = planner.notices
        status.hasForeignFileTimes = report.hasForeignFileTimes
    }
}
