package import Segmenter

/// What a clip holds of the window that was asked for.
package struct Coverage: Sendable, Hashable, Codable {
    package struct Gap: Sendable, Hashable, Codable {
        package let start: Timestamp
        package let end: Timestamp
        /// In plain words.
        package let reason: String

        package init(start: Timestamp, end: Timestamp, reason: String) {
            self.start = start
            self.end = end
            self.reason = reason
        }
    }

    package let complete: Bool
    package let gaps: [Gap]

    private init(gaps: [Gap], complete: Bool) {
        self.gaps = gaps
        self.complete = complete
    }

    /// That of a clip still being recorded: what is missing up to the newest segment.
    package init(soFarOf window: ClipWindow, by segments: [FrozenSegment]) {
        let end = min(window.end, segments.last?.end ?? window.start)
        let reached = Coverage(of: ClipWindow(start: window.start, end: end), by: segments)
        self.init(gaps: reached.gaps, complete: false)
    }

    /// Differences up to this are the clocks', not the footage's.
    private static let tolerance = Duration.milliseconds(200)

    /// Holds what was kept against the window.
    ///
    /// - Parameter segments: in order of time. Two that follow each other on one run's media clock
    ///   have nothing between them, whatever their wall-clock estimates say.
    /// - Parameter endReason: why they end before the window does, if they do, in plain words.
    package init(
        of window: ClipWindow,
        by segments: [FrozenSegment],
        endReason: String? = nil
    ) {
        var gaps: [Gap] = []
        func miss(_ start: Timestamp, _ end: Timestamp, _ reason: String) {
            guard end - start > Self.tolerance else { return }
            gaps.append(
                Gap(start: start.wholeMilliseconds, end: end.wholeMilliseconds, reason: reason)
            )
        }
        let segments = segments.decodable
        guard let first = segments.first, let last = segments.last else {
            miss(window.start, window.end, endReason ?? "nothing was recorded")
            self.init(gaps: gaps, complete: gaps.isEmpty)
            return
        }
        miss(
            window.start,
            min(first.start, window.end),
            first.gapReason ?? "the recording does not reach back so far"
        )
        for (earlier, later) in zip(segments, segments.dropFirst())
        where !earlier.isFollowed(by: later) {
            miss(
                max(earlier.end, window.start),
                min(later.start, window.end),
                later.gapReason ?? "the camera was down"
            )
        }
        for pause in segments.flatMap(\.pauses) {
            miss(max(pause.start, window.start), min(pause.end, window.end), pause.reason)
        }
        miss(max(last.end, window.start), window.end, endReason ?? "the recording ended early")
        gaps.sort { $0.start < $1.start }
        self.init(gaps: gaps, complete: gaps.isEmpty)
    }
}
