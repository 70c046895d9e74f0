import TestSupport

@testable import Segmenter

/// The segments that come of the parts that a finished ffmpeg left in a directory.
struct AssembledRun {
    let segments: [PartedSegment]

    init(in directory: String) throws {
        var intake = PartIntake(
            runID: "run1",
            directory: directory,
            segmentDuration: .seconds(1),
            sequence: 0
        )
        var segments: [PartedSegment] = []
        var failure: SegmenterError?
        for name in Directory.names(directory) {
            segments += intake.take(name, report: { failure = $0 })?.closed ?? []
        }
        if let failure { throw TestFailure("\(failure)") }
        self.segments = segments + intake.finish()
    }
}
