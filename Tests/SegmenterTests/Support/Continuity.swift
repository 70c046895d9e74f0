import Testing

@testable import Segmenter

/// Expects that segments of one run follow each other without a gap, each from a keyframe on.
func expectContinuous(
    _ segments: [Segment],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    for (one, next) in zip(segments, segments.dropFirst()) {
        let gap = next.mediaStart - one.mediaStart - one.duration
        #expect(abs(gap.seconds) < 0.002, sourceLocation: sourceLocation)
        #expect(next.sequence == one.sequence + 1, sourceLocation: sourceLocation)
        #expect(next.run == one.run, sourceLocation: sourceLocation)
    }
    #expect(segments.allSatisfy { $0.startsOnKeyframe }, sourceLocation: sourceLocation)
}
