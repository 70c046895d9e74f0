/// Turns the finished files of one run into segments, each once, placed on the wall clock.
struct SegmentIntake {
    private let runID: String
    private let directory: String
    private var run: Run?
    private var clock = RunClock()
    /// Measures the frames of all files taken.
    private(set) var profiler = StreamProfiler()
    /// The name of the newest file taken.
    private var newest = ""

    init(runID: String, directory: String) {
        self.runID = runID
        self.directory = directory
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
        profiler.add(timing.frames, bytes: Int(file.size))
        // The rename's moment, which the kernel noted: ours may come later, by however busy we are.
        clock.observe(
            mediaEnd: timing.end,
            closed: file.changed,
            frameInterval: timing.frameInterval
        )
        guard let start = clock.wallTime(of: timing.start) else { return nil }
        return Segment(
            run: run,
            sequence: sequence,
            name: name,
            mediaStart: timing.start,
            duration: timing.end - timing.start,
            start: start,
            bytes: Int(file.size),
            startsOnKeyframe: timing.startsOnKeyframe,
            frameInterval: timing.frameInterval
        )
    }

    private func readRun() throws(SegmenterError) -> Run {
        let media = try SegmentFile.readInit(directory + "/" + RecordingArguments.initName)
        return Run(id: runID, directory: directory, media: media)
    }
}
