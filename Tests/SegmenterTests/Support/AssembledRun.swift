import TestSupport

@testable import Segmenter

/// The segments that come of the parts that a finished ffmpeg left in a directory.
struct AssembledRun {
    let segments: [PartedSegment]
    /// What was open after each part that was taken.
    let cuts: [PartedSegment]

    init(in directory: String) throws {
        var intake = PartIntake(
            runID: "run1",
            directory: directory,
            segmentDuration: .seconds(1),
            sequence: 0
        )
        var segments: [PartedSegment] = []
        var cuts: [PartedSegment] = []
        var failure: SegmenterError?
        for name in Directory.names(directory) {
            guard let growth = intake.take(name, report: { failure = $0 }) else { continue }
            segments += growth.closed
            if let open = growth.open { cuts.append(open) }
        }
        if let failure { throw TestFailure("\(failure)") }
        self.segments = segments + (intake.finish().map { [$0] } ?? [])
        self.cuts = cuts
    }
}
