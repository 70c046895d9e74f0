import Glibc

/// Reads what one run's ffmpeg writes, as it grows, and puts it into the camera's ring.
///
/// It lives on the ring's executor, so that what has grown goes into the ring at once.
actor RunIntake {
    /// What the camera has to know.
    enum Finding: Sendable {
        /// The first fragment has come.
        case began(InitSegment)
        case misfit(Misfit)
        /// How the run stands: when the first of it is in the ring, and then each second.
        case report(RunReport)
    }

    /// What a run is read by.
    struct Settings: Sendable {
        /// Unique for its camera.
        var runID: String
        var layout: RunLayout
        /// Of its first segment.
        var sequence: Int
        /// A keyframe that is decoded otherwise than the first ends the run.
        var comparesPictures = true
        /// Why it does not go on where the camera's footage before it ended.
        var gapReason: String?
        /// What the camera takes from lens to network.
        var latency = Duration.zero
        /// How many frames ffmpeg's reader of the source holds back.
        var heldFrames = 0
        /// What else is not known of when its frames arrive: how long they take to be encoded.
        var arrivalDoubt = Duration.zero
        /// Its frames' stamps are the moments of their arrival, however late that was.
        var isStampedByArrival = false
        /// It comes by whole files, nobody knows how long after they were complete.
        var comesInFiles = false
        /// How much footage the ring holds.
        var bufferDuration = Duration.seconds(60)
        /// The source sets its own pace; else ffmpeg does, and what comes late was made late.
        var isLive = true
        /// How much comes before it is known when it was taken.
        var settling = RunClock.settling
    }

    /// Some cameras' timestamps jump whenever they begin, when sound and picture have found each other: a
    /// new run would not help.
    private static let youth = Duration.seconds(10)
    /// A file that grows does so sooner than this, usually.
    private static let quiet = Duration.milliseconds(185)
    /// Nothing new is looked for so soon after the last: a fragment takes longer.
    private static let rest = Duration.milliseconds(150)
    /// So long nobody need wait for what nobody waits for.
    private static let leisure = Duration.seconds(1)
    private static let reportPeriod = Duration.milliseconds(990)
    private static let calmReportPeriod = Duration.milliseconds(4900)
    private static let silence = Duration.seconds(2)
    /// From one look to the next, and a bit.
    private static let lookDoubt = Duration.milliseconds(30)
    /// A frame that comes from so far in the future says that the clock has jumped.
    private static let longestLead = Duration.milliseconds(500)

    private let settings: Settings
    private let clock: SystemClock
    private let ring: Ring
    private let onFinding: @Sendable (Finding) -> Void
    private let onLoss: @Sendable (SegmenterError) -> Void
    package nonisolated var unownedExecutor: UnownedSerialExecutor { ring.unownedExecutor }

    private var run: Run?
    private var builder: SegmentBuilder
    private var runClock: RunClock
    private var matcher: ArrivalMatcher
    private var fileTimes = FileTimes()
    private var spacing = FrameSpacing()
    private var sound = SoundPresence()
    private var picture: PictureIdentity?
    private var misfit: Misfit?
    private var report = RunReport()

    /// The file that is being written, and its number among the run's.
    private var file: GrowingFile?
    private var number = 0
    /// A segment has begun in it.
    private var isFileUsed = false
    /// The rest of it belongs to no segment.
    private var skipsFile = false
    /// When it was last looked at, and when it had grown.
    private var newestLook: SteadyTime
    private var newestGrowth: SteadyTime
    private var newestReport: SteadyTime
    private var wasWell = false
    /// When the first fragment came.
    private var born: SteadyTime?
    private var newestKeyframe = Duration.zero
    /// The most that was not known of arrivals since the ring last got something.
    private var newestDoubt = Duration.zero

    /// - Parameters:
    ///   - onFinding: called on the ring's executor.
    ///   - onLoss: told of each stretch that is left out, once, and why.
    init(
        _ settings: Settings,
        ring: Ring,
        clock: SystemClock,
        onFinding: @escaping @Sendable (Finding) -> Void,
        onLoss: @escaping @Sendable (SegmenterError) -> Void
    ) {
        self.settings = settings
        self.ring = ring
        self.clock = clock
        self.onFinding = onFinding
        self.onLoss = onLoss
        builder = SegmentBuilder(sequence: settings.sequence, gapReason: settings.gapReason)
        runClock = Self.runClock(settings)
        matcher = Self.matcher(settings)
        newestLook = clock.now
        newestGrowth = newestLook
        newestReport = newestLook
    }

    private static func matcher(_ settings: Settings) -> ArrivalMatcher {
        ArrivalMatcher(
            heldFrames: settings.heldFrames,
            fragmentDuration: RecordingArguments.fragmentDuration
        )
    }

    private static func runClock(_ settings: Settings) -> RunClock {
        RunClock(
            latency: settings.latency,
            isLive: settings.isLive,
            settling: settings.settling
        )
    }

    /// Each second; where all is well, and was, less often.
    private func reportIfDue(at now: SteadyTime) {
        let isWell = report.isPlaced && runClock.lag == .zero && now - newestGrowth < Self.silence
        let isYoung = now - (born ?? now) < Self.youth
        let period = isWell && wasWell && !isYoung ? Self.calmReportPeriod : Self.reportPeriod
        guard now - newestReport >= period else { return }
        wasWell = isWell
        sendReport(at: now)
    }

    private func sendReport(at now: SteadyTime) {
        newestReport = now
        onFinding(.report(present))
    }

    /// How the run stands.
    private var present: RunReport {
        var report = report
        report.media = born == nil ? nil : run?.media
        report.clock = runClock.figures
        report.usualInterval = spacing.usual
        report.lacksSound = run?.media.audio != nil && sound.isMissing
        // What comes by whole files comes late by as much, and is no worse for it.
        report.lag = settings.comesInFiles ? .zero : runClock.lag
        report.hasForeignFileTimes = fileTimes.areForeign
        return report
    }

    // MARK: - Files

    /// Reads what has grown since the last look; gives after how long there may be more. Blocks on the disk,
    /// briefly.
    func readGrowth() -> Duration {
        let now = clock.now
        guard misfit == nil else { return Self.leisure }
        readFiles(at: now)
        newestLook = now
        reportIfDue(at: now)
        if isAtLeisure(at: now) { return Self.leisure }
        return now == newestGrowth ? Self.rest : .zero
    }

    /// What comes need not be read before the next second: nobody waits for it, and all about the run is known.
    private func isAtLeisure(at now: SteadyTime) -> Bool {
        guard report.isPlaced, fileTimes.areTrusted, runClock.lag == .zero, let born,
            now - born > Self.youth
        else { return false }
        return !ring.assumeIsolated { $0.isAwaited }
    }

    private func readFiles(at now: SteadyTime) {
        // This program was held up, or ffmpeg has caught up: there may be several files.
        let isLate = now - newestLook > Self.quiet * 2
        while misfit == nil {
            if file == nil && !openFile() { return }
            let hasGrown = readFile(at: now)
            // Only what has been quiet for so long may have been complete, and the next one begun.
            if !isLate && (hasGrown || now - newestGrowth < Self.quiet) { return }
            guard nextFileExists else { return }
            _ = readFile(at: now)
            endFile()
        }
    }

    private func openFile() -> Bool {
        do {
            file = try GrowingFile(settings.layout.segmentPath(number))
            return true
        } catch {
            // Not begun yet; or too many files are open at the moment: the next look tries again.
            return false
        }
    }

    private var nextFileExists: Bool {
        access(settings.layout.segmentPath(number + 1), F_OK) == 0
    }

    /// Reads what the file holds by now; whether it has grown.
    private func readFile(at now: SteadyTime) -> Bool {
        guard let file, !skipsFile else { return false }
        let state = file.state()
        guard state.size > file.position else { return false }
        var fragments: [Fragment] = []
        do throws(SegmenterError) {
            let failure = readFragments(of: file, within: state.size, into: &fragments)
            guard !fragments.isEmpty || failure != nil else { return false }
            // A fragment of which only a part is there has changed the file, too.
            let moment =
                file.position == state.size
                ? fileTimes.moment(
                    ofChange: state.changed.steadyTime(shift: clock.difference),
                    between: newestLook,
                    and: now
                ) : nil
            for (index, fragment) in fragments.enumerated() where misfit == nil && !skipsFile {
                let isLast = index == fragments.count - 1
                try add(
                    fragment,
                    writtenAt: isLast ? moment : nil,
                    cameWithLast: index > 0,
                    at: now
                )
            }
            if let failure, misfit == nil && !skipsFile { throw failure }
        } catch {
            lose(error)
        }
        publish(at: now)
        return true
    }

    /// Gives why it could not read on, if it could not: what came before that is good.
    private func readFragments(
        of file: GrowingFile,
        within size: Int64,
        into fragments: inout [Fragment]
    ) -> SegmenterError? {
        do throws(SegmenterError) {
            while true {
                let knewMovie = file.hasMovie
                if let fragment = try file.nextFragment(within: size, media: run?.media) {
                    fragments.append(fragment)
                } else if file.hasMovie && !knewMovie {
                    if run == nil { run = try beginRun(file.header) }
                } else {
                    return nil
                }
            }
        } catch {
            return error
        }
    }

    private func beginRun(_ header: [UInt8]) throws(SegmenterError) -> Run {
        let media = try InitSegment(parsing: header)
        try File.write(header, to: settings.layout.initPath)
        picture = media.video.map { PictureIdentity(format: $0.format) }
        return Run(id: settings.runID, directory: settings.layout.directory, media: media)
    }

    /// The file is complete: ffmpeg writes the next one.
    private func endFile() {
        if let file, !skipsFile, file.state().size > file.position {
            lose(.malformedMedia("a file ends before its fragments do"))
        }
        // Nothing of it could be decoded, or it has only sound.
        if !isFileUsed { unlink(path) }
        file = nil
        (skipsFile, isFileUsed) = (false, false)
        number += 1
    }

    private var path: String { settings.layout.segmentPath(number) }

    private func lose(_ error: SegmenterError) {
        onLoss(error)
        interrupt("a part of the recording was lost (\(error))")
    }

    /// The segment of this file ends here, and what is to come of the file belongs to none.
    private func interrupt(_ reason: String) {
        skipsFile = true
        guard let (file, length) = builder.interrupt(reason), file == number else { return }
        do throws(SegmenterError) {
            // ffmpeg writes on, into a file that has no name any more.
            let copy = path + ".cut"
            try SegmentFile.copy(path, upTo: length, to: copy)
            guard rename(copy, path) == 0 else {
                throw SegmenterError.system(call: "rename", errno: errno)
            }
        } catch {
            onLoss(error)
        }
    }

    // MARK: - Fragments

    private func add(
        _ fragment: Fragment,
        writtenAt moment: SteadyTime?,
        cameWithLast: Bool,
        at now: SteadyTime
    ) throws(SegmenterError) {
        guard let run else { return }
        let frames = fragment.timing?.frames ?? []
        if !settings.isStampedByArrival && spacing.areSqueezed(frames) {
            // If it lasts, ffmpeg's log ends the run.
            return interrupt("the camera's timestamps jumped back")
        }
        let pauses = spacing.add(frames)
        let arrivals = matcher.add(
            frames: frames.map(\.shown),
            soundStart: fragment.soundStart,
            beginsFile: !isFileUsed,
            writtenAt: moment
        )
        newestDoubt = max(newestDoubt, arrivalDoubt)
        runClock.arrivalDoubt = newestDoubt
        for arrival in arrivals {
            runClock.observe(media: arrival.media, arrived: arrival.moment)
            if jumped { return endForJump(at: now) }
        }
        if let timing = fragment.timing, lastsIntoFuture(timing, at: now) {
            return endForJump(at: now)
        }
        if picture?.matches(fragment.keyframe) == false, settings.comparesPictures {
            return end(.otherPicture(before: run.media.video!.kind))
        }
        if let pace = runClock.wrongPace {
            return end(.wrongPace(pace, hasBFrames: report.profiler.profile.hasBFrames))
        }
        if runClock.lag > settings.bufferDuration { return end(.lagsTooFar(runClock.lag)) }
        sound.add(fragment)
        if let timing = fragment.timing { measure(timing, bytes: Int(fragment.length), at: now) }
        if !isFileUsed {
            guard fragment.timing?.startsOnKeyframe == true else { return }
            // From here on the file is a plain media segment: what is before it stands in `init.mp4`.
            try SegmentFile.hideHeader(path, length: Int(fragment.offset))
            isFileUsed = true
        }
        builder.add(
            fragment,
            file: number,
            of: run,
            cameWithLast: cameWithLast,
            pauses: pauses,
            usualInterval: spacing.usual ?? fragment.timing?.frameInterval ?? .zero
        )
    }

    /// What is not known of when the newest frames arrived.
    private var arrivalDoubt: Duration {
        settings.arrivalDoubt + (fileTimes.areTrusted ? .zero : Self.lookDoubt)
            + (settings.isStampedByArrival ? spacing.backlog : .zero)
            + (settings.comesInFiles ? report.longestWait : .zero)
    }

    private func measure(_ timing: FragmentTiming, bytes: Int, at now: SteadyTime) {
        if born == nil, let run {
            born = now
            onFinding(.began(run.media))
        }
        report.profiler.add(timing.frames, bytes: bytes)
        if timing.startsOnKeyframe { newestKeyframe = timing.start }
        report.sinceKeyframe = timing.end - newestKeyframe
        report.longestWait = max(report.longestWait, now - newestGrowth)
        newestGrowth = now
        report.newestGrowth = .now
    }

    // MARK: - What does not fit

    /// The newest frame comes from the future because the media clock has jumped there.
    private var jumped: Bool {
        let lead = runClock.leadOverTime
        return settings.isLive && lead > Self.longestLead && spacing.longest > lead / 2
    }

    /// ffmpeg lets a frame last until the next one. If that comes later than the time allows, not frames are
    /// missing, but the time.
    private func lastsIntoFuture(_ timing: FragmentTiming, at now: SteadyTime) -> Bool {
        guard runClock.isSettled, settings.isLive, let last = timing.frames.last,
            let end = runClock.steadyTime(of: timing.decodeEnd)
        else { return false }
        let length = timing.decodeEnd - last.decoded
        return length > Self.longestLead * 2 && end - now > length / 2
    }

    private func endForJump(at now: SteadyTime) {
        guard now - (born ?? now) < Self.youth else { return end(.timestampsJumped) }
        // What came until now keeps the line that it came on.
        interrupt("the camera's timestamps jumped")
        builder.place(by: runClock, at: now)
        runClock = Self.runClock(settings)
        matcher = Self.matcher(settings)
        spacing = FrameSpacing()
        onLoss(.malformedMedia("the camera's timestamps jumped"))
    }

    private func end(_ misfit: Misfit) {
        interrupt(misfit.reason)
        self.misfit = misfit
        onFinding(.misfit(misfit))
    }

    // MARK: - The ring

    private func publish(at now: SteadyTime) {
        let growth = builder.growth(by: runClock, at: now)
        newestDoubt = .zero
        let lag = settings.comesInFiles ? report.longestWait : runClock.lag
        ring.assumeIsolated { ring in
            for segment in growth.closed { ring.append(segment) }
            ring.update(open: growth.open, isSettling: growth.isSettling, lag: lag)
        }
        if growth.open != nil && !report.isPlaced {
            report.isPlaced = true
            sendReport(at: now)
        }
    }

    /// Reads what is left when ffmpeg has ended, and ends the open segment; gives how the run stood.
    func finish() -> RunReport {
        let now = clock.now
        while misfit == nil, file != nil || openFile() {
            _ = readFile(at: now)
            guard nextFileExists else { break }
            endFile()
        }
        // A run that ends at once may have told of no arrival.
        if let end = builder.mediaEnd, runClock.steadyTime(of: end) == nil {
            runClock.observe(media: end, arrived: now)
        }
        if file != nil, !isFileUsed {
            unlink(path)
        } else if let length = builder.openLength, let size = file?.state().size, size > length {
            // Ended in the middle of a fragment.
            truncate(path, off_t(length))
        }
        file = nil
        let segments = builder.finish(by: runClock, at: now)
        ring.assumeIsolated { ring in
            for segment in segments { ring.append(segment) }
        }
        return present
    }
}
