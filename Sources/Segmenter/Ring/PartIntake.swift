import Glibc

/// Takes the files that ffmpeg closes every 0.2 s, each once and in order: moves what is in them to the
/// end of the segment that they belong to, and places it in steady time.
struct PartIntake {
    /// What became of the ring's newest end.
    struct Growth: Hashable {
        /// Segments that nothing more belongs to.
        var closed: [PartedSegment] = []
        /// The one that grows on; nil while a keyframe is waited for, or the clock to settle.
        var open: PartedSegment?
        /// There is footage whose moment is not known yet.
        var isSettling = false
    }

    private let runID: String
    private let directory: String
    private var run: Run?
    private let clock: SystemClock
    private var runClock: RunClock
    private var assembler: SegmentAssembler
    private var open: OpenSegment?
    /// Ended, and not given away: until the run's clock has settled nobody knows when they were.
    private var undated: [(segment: OpenSegment, next: Duration?)] = []
    /// Where the newest segment ended that has been given away, in steady time.
    private var newestEnd: Timestamp?
    /// What the camera sends does not fit to what came before in the run: ffmpeg must be started anew,
    /// and nothing more of this run is taken.
    enum Misfit: Hashable {
        case timestampsJumped
        case otherPicture(before: Track.Kind)
    }

    private(set) var misfit: Misfit?
    /// Some cameras' timestamps jump whenever they begin, when sound and picture have found each other: a
    /// new run would not help.
    private static let youth = Duration.seconds(10)
    /// When the first file was closed, in steady time.
    private var born: Timestamp?
    /// The distance between frames in the newest file without a pause.
    private(set) var usualInterval: Duration?
    private let comparesPictures: Bool
    /// What the run's first keyframe says of how it is decoded.
    private var parameterSets: [UInt8] = []
    /// Up to where there was sound, and where there is picture, on the media clock.
    private var soundEnd: Duration?
    private var pictureEnd = Duration.zero
    /// What the frames have been measured to be.
    private(set) var profiler = StreamProfiler()
    /// The number of the newest file taken.
    private var newest = -1
    /// Of the next segment: among the camera's, and in this run.
    private var sequence: Int
    private var number = 0
    /// The number of the next segment's first part, in this run.
    private var firstPart = 0

    /// - Parameters:
    ///   - sequence: of this run's first segment.
    ///   - comparesPictures: a keyframe that is decoded otherwise than the first ends the run.
    ///   - gapReason: why it does not go on where the camera's footage before it ended.
    ///   - latency: what the camera takes from lens to network.
    ///   - settling: how much comes before it is known when it was taken.
    init(
        runID: String,
        directory: String,
        segmentDuration: Duration,
        sequence: Int,
        comparesPictures: Bool = true,
        gapReason: String? = nil,
        latency: Duration = .zero,
        settling: Duration = RunClock.settling,
        clock: SystemClock = SystemClock()
    ) {
        self.runID = runID
        self.directory = directory
        self.sequence = sequence
        self.comparesPictures = comparesPictures
        self.clock = clock
        runClock = RunClock(latency: latency, settling: settling)
        assembler = SegmentAssembler(segmentDuration: segmentDuration, gapReason: gapReason)
    }

    /// What the run records; nil before its first part.
    var media: InitSegment? { run?.media }

    /// How much has come since the last keyframe, by the media clock.
    var sinceKeyframe: Duration { assembler.sinceKeyframe }

    /// The camera said that it sends sound, and none has come for a while.
    var lacksSound: Bool {
        guard let soundEnd, run?.media.audio != nil else { return false }
        return pictureEnd - soundEnd > .seconds(5)
    }

    /// How the run's media clock goes.
    var clockFigures: ClockFigures? { runClock.figures }

    /// Takes a file that ffmpeg has closed, and those before it that nobody told of; nil when it was
    /// taken before or is no part. The file is gone afterwards. Blocks on the disk.
    ///
    /// Where there are too many open files at the moment, it and what follows wait for the next call.
    ///
    /// - Parameter report: told of each stretch that is left out, once, and why.
    mutating func take(_ name: String, report: (SegmenterError) -> Void) -> Growth? {
        guard name.hasSuffix(RecordingArguments.partSuffix),
            let last = Int(name.dropLast(RecordingArguments.partSuffix.count)), last > newest
        else { return nil }
        for number in newest + 1...last {
            let path = directory + "/" + RecordingArguments.partName(number)
            let before = self
            do {
                try take(path)
            } catch .system(_, EMFILE), .system(_, ENFILE) {
                self = before
                break
            } catch {
                if !assembler.isWaiting || newest < 0 { report(error) }
                assembler.interrupt("a part of the recording was lost (\(error))")
                close()
            }
            unlink(path)
            newest = number
        }
        guard runClock.isSettled else {
            return Growth(isSettling: open != nil || !undated.isEmpty)
        }
        let closed = give()
        open?.place(after: newestEnd, runClock)
        return Growth(closed: closed, open: open?.cut(runClock))
    }

    /// Ends the segment that is open when its run has ended; gives what has not been given away.
    mutating func finish() -> [PartedSegment] {
        close()
        return give()
    }

    private mutating func take(_ path: String) throws(SegmenterError) {
        let file = try File(reading: path)
        if run == nil { run = try readRun() }
        guard let run else { return }
        guard let video = run.media.video else {
            throw .malformedMedia("the run records no video")
        }
        let fragments = try Fragment.all(of: file, track: video)
        guard let first = fragments.first else { return }
        if misfit != nil { return }
        let start = fragments.reduce(first.timing.start) { min($0, $1.timing.start) }
        let end = fragments.reduce(first.timing.end) { max($0, $1.timing.end) }
        // The rename's moment, which the kernel noted: ours may come later, by however busy we are.
        let closed = clock.steadyTime(ofChange: file.changed)
        let pause = usualInterval.flatMap { first.timing.pause(afterFramesEvery: $0) }
        if let pause, let due = runClock.wallTime(of: end),
            due - closed > (pause.upperBound - pause.lowerBound) / 2
        {
            // Not the frames are missing, but the time.
            if closed - (born ?? closed) < Self.youth {
                throw .malformedMedia("the camera's timestamps jumped")
            }
            misfit = .timestampsJumped
            return
        }
        born = born ?? closed
        let interval = (end - start) / fragments.reduce(0) { $0 + $1.timing.frameTimes.count }
        if pause == nil { usualInterval = interval }
        runClock.observe(
            mediaEnd: end,
            closed: closed,
            frameInterval: usualInterval ?? interval
        )
        if soundEnd == nil || fragments.contains(where: \.hasSound) { soundEnd = end }
        pictureEnd = end
        var arrivedAlone = true
        for fragment in fragments {
            if try hasOtherPicture(fragment, of: file, video) {
                misfit = .otherPicture(before: video.kind)
                return
            }
            profiler.add(fragment.timing.frames, bytes: Int(fragment.length))
            switch assembler.place(fragment.timing) {
            case .present: break
            case .next:
                close(before: fragment.timing.start)
                try begin(in: run, goesOn: true)
            case .afterGap(let reason):
                close()
                try begin(in: run, gapReason: reason)
            case .nowhere:
                close()
                continue
            }
            guard let target = open else { continue }
            try file.copy(
                from: fragment.offset,
                count: fragment.length,
                to: target.path,
                at: Int64(target.bytes)
            )
            open?.append(
                fragment,
                arrivedAlone: arrivedAlone,
                pause: arrivedAlone ? pause : nil
            )
            arrivedAlone = false
        }
    }

    private mutating func begin(
        in run: Run,
        goesOn: Bool = false,
        gapReason: String? = nil
    ) throws(SegmenterError) {
        open = try OpenSegment(
            run: run,
            sequence: sequence,
            number: number,
            firstPart: firstPart,
            goesOn: goesOn,
            gapReason: gapReason
        )
        number += 1
    }

    private mutating func close(before next: Duration? = nil) {
        guard let ended = open else { return }
        open = nil
        firstPart = ended.nextPart
        if ended.isEmpty {
            unlink(ended.path)
        } else {
            sequence = ended.sequence + 1
            undated.append((ended, next))
        }
    }

    /// Gives the segments that have ended their places in time, and away.
    private mutating func give() -> [PartedSegment] {
        defer { undated = [] }
        return undated.compactMap { ended, next in
            var ended = ended
            ended.place(after: newestEnd, runClock)
            let segment = ended.closed(before: next, runClock)
            newestEnd = segment?.segment.end ?? newestEnd
            return segment
        }
    }

    /// Whether a keyframe is to be decoded otherwise than the run's first: ffmpeg copies on without a word.
    private mutating func hasOtherPicture(
        _ fragment: Fragment,
        of file: borrowing File,
        _ video: Track
    ) throws(SegmenterError) -> Bool {
        guard comparesPictures, fragment.timing.startsOnKeyframe else { return false }
        let length = Int(fragment.offset + fragment.length - fragment.mediaOffset)
        let beginning = try file.read(
            at: fragment.mediaOffset,
            count: min(ParameterSets.reach, length)
        )
        let found = ParameterSets.sequence(in: beginning, format: video.format)
        if parameterSets.isEmpty { parameterSets = found }
        return !found.isEmpty && found != parameterSets
    }

    private func readRun() throws(SegmenterError) -> Run {
        let path = directory + "/" + RecordingArguments.initName
        try SegmentFile.trimInit(path)
        return Run(id: runID, directory: directory, media: try SegmentFile.readInit(path))
    }
}
