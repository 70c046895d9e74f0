import Glibc

/// What a run of ffmpeg tells as it goes on, and whether it must end: then it kills it, and keeps why.
///
/// Belongs to its `Camera` and runs on that actor.
struct RunFollower {
    /// What is recorded may wait so long for what the source says it sends.
    private static let descriptionLimit = Duration.seconds(5)
    /// Of a codec that it does not know ffmpeg never says so: it looks on for ever. A frame in five seconds is told by
    /// then.
    private static let probingLimit = Duration.seconds(25)
    /// A run is ended when its newest segment has grown this long: most cameras send a keyframe when asked
    /// anew.
    private static let keyframeLimit = Duration.seconds(600)
    /// Less than this behind is no lag worth a word.
    private static let shortestLag = Duration.seconds(1)

    private let run: CameraRun
    private let secrets: Secrets
    private let started = ContinuousClock.now
    private var log: FFmpegLog
    private var watchdog: Watchdog
    /// Only what the source sends tells whether the plan is right. What was recorded by the wrong plan, players
    /// may not take. It is not waited for for ever, though.
    private(set) var isDescribed = false
    private var hasDescription = false
    private var ending: Camera.Ending?
    /// Of what kind the picture was, if the run ends because it is another.
    private(set) var pictureBefore: Track.Kind?

    init(_ run: CameraRun, secrets: Secrets) {
        self.run = run
        self.secrets = secrets
        log = FFmpegLog(secrets: secrets)
        watchdog = Watchdog(started: started)
    }

    /// What it records may go into the ring.
    var isPlannedWell: Bool { !(ending?.isReplanned ?? !isDescribed) }

    /// Takes in a line of ffmpeg's log; gives what the source says it sends, when it says so.
    mutating func add(line: String, planner: inout RunPlanner) -> InputDescription? {
        let found = log.add(line)
        if let found {
            isDescribed = true
            hasDescription = true
            if found.format == "hls" { watchdog.expectBursts() }
        }
        // Once it is over, what it still says is the killed one's.
        guard ending == nil else { return found }
        if let codec = found?.video?.codec, ["none", "unknown"].contains(codec) {
            // ffmpeg would wait for it for ever.
            end(.failed(reason: "the video's codec is none that ffmpeg knows"))
            return found
        }
        let age = ContinuousClock.now - started
        obey(planner.take(secrets.redact(line), found: found, age: age))
        return found
    }

    /// Ends the run because of what it recorded.
    mutating func end(for misfit: Misfit, planner: inout RunPlanner) {
        guard ending == nil else { return }
        switch misfit {
        case .otherPicture(let before): pictureBefore = before
        case .wrongPace(let ratio, let hasBFrames):
            obey(planner.learn(.wrongPace(ratio: ratio, hasBFrames: hasBFrames)))
        case .timestampsJumped, .lagsTooFar: break
        }
        if ending == nil { end(.changed(reason: misfit.reason)) }
    }

    private mutating func obey(_ verdict: RunPlanner.Verdict) {
        switch verdict {
        case .goOn: break
        case .replan: end(.replanned)
        case .change(let reason): end(.changed(reason: reason))
        case .restart(let reason): end(.failed(reason: reason))
        }
    }

    /// Judges how the run stands; what state it is in and why, or nil while nothing has come.
    mutating func judge(
        _ report: RunReport,
        planner: inout RunPlanner,
        bufferDuration: Duration
    ) -> (state: CameraStatus.State, reason: String?)? {
        let age = ContinuousClock.now - started
        if age > Self.descriptionLimit { isDescribed = true }
        guard ending == nil else { return nil }
        obey(planner.tick(age: age))
        guard ending == nil else { return nil }
        if !hasDescription, age > Self.probingLimit, !planner.plan.lessons.awaitsVideo {
            end(.failed(reason: "no video that can be told: ffmpeg may not know its codec"))
            return nil
        }
        if report.sinceKeyframe > Self.keyframeLimit {
            let minutes = Int(Self.keyframeLimit.seconds) / 60
            end(.failed(reason: "no keyframe for \(minutes) min: starting it again"))
            return nil
        }
        if let newest = report.newestGrowth { watchdog.feed(at: newest) }
        switch watchdog.verdict(at: .now, usualInterval: report.usualInterval) {
        case .fine: break
        case .stalled(let reason): return (.stalled, reason)
        case .hopeless(let reason):
            end(.failed(reason: reason))
            return nil
        }
        guard report.isPlaced else { return nil }
        if report.lag >= Self.shortestLag {
            let causes = "the camera, the network or this machine cannot keep up"
            return (.lagging, "it comes late: \(causes)")
        }
        let notices = planner.notices + report.notices(bufferDuration: bufferDuration)
        return (.live, notices.isEmpty ? nil : notices.joined(separator: "; "))
    }

    /// ffmpeg has ended: what it left may be read, unless it was recorded by the wrong plan.
    mutating func finishDescription() { isDescribed = true }

    /// How the run ended.
    func outcome(_ exit: ExitStatus) -> Camera.Ending {
        ending ?? .failed(reason: log.reason(exit))
    }

    private mutating func end(_ ending: Camera.Ending) {
        self.ending = ending
        run.process.send(SIGKILL)
    }
}
