/// Turns the finished files of one run into segments, each once, placed in steady time.
struct SegmentIntake {
    private let runID: String
    private let directory: String
    private var run: Run?
    private let clock: SystemClock
    private var runClock: RunClock
    /// The name of the newest file taken.
    private var newest = ""

    /// - Parameter latency: what the camera takes from lens to network.
    init(
        runID: String,
        directory: String,
        latency: Duration = .zero,
        clock: SystemClock = SystemClock()
    ) {
        self.runID = runID
        self.directory = directory
        self.clock = clock
        runClock = RunClock(latency: latency)
    }

    /// Reads a file that ffmpeg has closed; nil when it was taken before. Blocks on the disk.
    mutating func take(_ name: String, sequence: Int) throws(SegmenterError) -> Segment? {
        // Names rise, and after `999999.m4s` (weeks of short segments) they get longer.
        guard (newest.utf8.count, newest) < (name.utf8.count, name) else { return nil }
        newest = name
        if run == nil { run = try readRun() }
        guard let run else { return nil }
        guard let video = run.media.video else {
            throw .malformedMedia("the run records no video")
        }
        let path = directory + "/" + name
        let timing = try SegmentFile.readTiming(path, track: video)
        let file = try File(reading: path)
        // The rename's moment, which the kernel noted: ours may come later, by however busy we are.
        runClock.observe(
            mediaEnd: timing.end,
            closed: clock.steadyTime(ofChange: file.changed),
            frameInterval: timing.frameInterval
        )
        guard let start = runClock.wallTime(of: timing.start),
            let end = runClock.wallTime(of: timing.end)
        else { return nil }
        return Segment(
            run: run,
            sequence: sequence,
            name: name,
            mediaStart: timing.start,
            duration: timing.end - timing.start,
            start: start,
            end: end,
            bytes: Int(file.size),
            startsOnKeyframe: timing.startsOnKeyframe,
            frameInterval: timing.frameInterval
        )
    }

    /// How the run's media clock goes.
    var clockFigures: ClockFigures? { runClock.figures }

    private func readRun() throws(SegmenterError) -> Run {
        let media = try SegmentFile.readInit(directory + "/" + RecordingArguments.initName)
        return Run(id: runID, directory: directory, media: media)
    }
}
