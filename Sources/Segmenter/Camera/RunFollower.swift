import Glibc

/// What a run of ffmpeg tells as it goes on, and whether it must end: then it kills it, and keeps why.
///
/// Belongs to its `Camera` and runs on that actor.
struct RunFollower {
    /// The first parts may wait so long for what the source says it sends.
    private static let descriptionLimit = Duration.seconds(5)
    /// A run is ended when its newest segment has grown this long: most cameras send a keyframe when asked
    /// anew.
    private static let keyframeLimit = Duration.seconds(600)

    private let run: CameraRun
    private let secrets: Secrets
    private let started = ContinuousClock.now
    private(set) var intake: PartIntake
    private var log: FFmpegLog
    private var watchdog: Watchdog
    /// Only what the source sends tells whether the plan is right, and with the first parts that may
    /// still be on its way. They wait: taking one takes those before it. Not for ever, though.
    private var isDescribed = false
    private var ending: Camera.Ending?
    /// Of what kind the picture was, if the run ends because it is another.
    private(set) var pictureBefore: Track.Kind?

    init(_ run: CameraRun, intake: PartIntake, secrets: Secrets) {
        self.run = run
        self.intake = intake
        self.secrets = secrets
        log = FFmpegLog(secrets: secrets)
        watchdog = Watchdog(started: started)
    }

    /// What was recorded by the wrong plan, players may not take.
    private var isPlannedWell: Bool { !(ending?.isReplanned ?? !isDescribed) }

    /// Takes a file that ffmpeg has closed; nil if it is none, was taken before, or may not be taken.
    mutating func take(_ name: String, report: (SegmenterError) -> Void) -> PartIntake.Growth? {
        guard isPlannedWell, let growth = intake.take(name, report: report) else { return nil }
        watchdog.feed(at: .now)
        if let misfit = intake.misfit, ending == nil {
            if case .otherPicture(let before) = misfit { pictureBefore = before }
            end(.changed(reason: misfit.reason))
        } else if intake.sinceKeyframe > Self.keyframeLimit {
            let minutes = Int(Self.keyframeLimit.seconds) / 60
            end(.failed(reason: "no keyframe for \(minutes) min: starting it again"))
        }
        return growth
    }

    /// Hears a line of ffmpeg's log; gives what the source says it sends, when it says so.
    mutating func hear(_ line: String, planner: inout RunPlanner) -> InputDescription? {
        let found = log.add(line)
        if found != nil { isDescribed = true }
        // Once it is over, what it still says is the killed one's.
        guard ending == nil else { return found }
        let age = ContinuousClock.now - started
        switch planner.take(secrets.redact(line), found: found, age: age) {
        case .goOn: break
        case .replan: end(.replanned)
        case .restart(let reason): end(.failed(reason: reason))
        }
        return found
    }

    /// Looks at the time; gives why the run is stalled, if it is.
    mutating func tick() -> String? {
        if ContinuousClock.now - started > Self.descriptionLimit { isDescribed = true }
        guard ending == nil else { return nil }
        switch watchdog.verdict(at: .now, usualInterval: intake.usualInterval) {
        case .fine: break
        case .stalled(let reason): return reason
        case .hopeless(let reason): end(.failed(reason: reason))
        }
        return nil
    }

    /// What is left when ffmpeg has ended: files that inotify has not told of yet, or lost.
    mutating func rest() -> [String] {
        isDescribed = true
        return isPlannedWell ? Directory.names(run.directory) : []
    }

    /// What was not given yet, once all is taken.
    mutating func finish() -> [PartedSegment] { intake.finish() }

    /// How the run ended.
    func outcome(_ exit: ExitStatus) -> Camera.Ending {
        ending ?? .failed(reason: log.reason(exit))
    }

    private mutating func end(_ ending: Camera.Ending) {
        self.ending = ending
        run.process.send(SIGKILL)
    }
}
