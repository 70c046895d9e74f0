import TestSupport
import Testing

/// Has one clip recorded for all tests of a suite.
struct RecordedClipTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await RecordedClip.withOne { clip in
            try await RecordedClip.$current.withValue(clip) { try await function() }
        }
    }
}

extension Trait where Self == RecordedClipTrait {
    /// Has one clip recorded for all tests of the suite: they find it in ``RecordedClip/current``.
    static var recordedClip: RecordedClipTrait { RecordedClipTrait() }
}
