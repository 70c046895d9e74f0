import TestSupport

@testable import Segmenter

/// Reads the files of a run that ffmpeg has left, as a camera does; a test says when.
struct IntakeBench: Sendable {
    let source: SetClock
    let ring: Ring
    private let intake: RunIntake
    private let findingsList = Gathered<RunIntake.Finding>()
    private let lossList = Gathered<SegmenterError>()

    /// - Parameter settling: none where what is open is looked at: a recording that was made before comes all at
    ///   once, and its clock would never settle.
    init(
        _ directory: String,
        settling: Duration = .zero,
        change: (inout RunIntake.Settings) -> Void = { _ in }
    ) {
        source = SetClock(startingAt: Timestamp(microseconds: 1_700_000_000_000_000))
        let clock = source.clock
        ring = Ring(
            bufferDuration: .seconds(3600),
            executor: QueueExecutor(label: "ring"),
            clock: clock
        )
        var settings = RunIntake.Settings(
            runID: "run1",
            layout: RunLayout(directory: directory),
            sequence: 0,
            settling: settling
        )
        change(&settings)
        intake = RunIntake(
            settings,
            ring: ring,
            clock: clock,
            onFinding: { [findingsList] in findingsList.add($0) },
            onLoss: { [lossList] in lossList.add($0) }
        )
    }

    /// What was told of stretches that are left out.
    var losses: [SegmenterError] { lossList.values }

    /// Why the run must end, if it must.
    var misfit: Misfit? {
        findingsList.values.compactMap { if case .misfit(let misfit) = $0 { misfit } else { nil } }
            .last
    }

    /// How the run stood when it was last told.
    var report: RunReport? {
        findingsList.values.compactMap { if case .report(let report) = $0 { report } else { nil } }
            .last
    }

    /// Reads what has grown when so much time has passed.
    func read(after time: Duration = .milliseconds(200)) async {
        source.pass(time)
        _ = await intake.readGrowth()
    }

    /// Reads what is left as when ffmpeg has ended; gives all segments.
    @discardableResult
    func finish() async -> [Segment] {
        _ = await intake.finish()
        return await ring.segments
    }

    /// The segment that still grows, if one does.
    var open: PartedSegment? {
        get async { await ring.edge.newest.last.flatMap { $0.segment.isOpen ? $0 : nil } }
    }
}
