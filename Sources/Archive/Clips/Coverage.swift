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
    /// Why it is not complete although no gap says so, in plain words.
    package let reason: String?

    private init(gaps: [Gap], reason: String?, complete: Bool) {
        self.gaps = gaps
        self.reason = reason
        self.complete = complete
    }

    /// That of a clip still being recorded: what is missing up to the newest segment.
    package init(soFarOf window: ClipWindow, by segments: [FrozenSegment]) {
        let end = min(window.end, segments.last?.end ?? window.start)
        let reached = Coverage(of: ClipWindow(start: window.start, end: end), by: segments)
        self.init(gaps: reached.gaps, reason: reached.reason, complete: false)
    }

    /// Differences up to this are the clocks', not the footage's.
    private static let tolerance = Duration.milliseconds(200)
    /// Times that may be off by more do not prove that the footage is that of the window.
    private static let sufficientAccuracy = Duration.milliseconds(500)

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
            self.init(gaps: gaps, reason: nil, complete: gaps.isEmpty)
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
        let reason = Self.doubt(segments.accuracy)
        self.init(gaps: gaps, reason: reason, complete: gaps.isEmpty && reason == nil)
    }

    private static func doubt(_ accuracy: Duration?) -> String? {
        guard let accuracy, accuracy > sufficientAccuracy else { return nil }
        let seconds = accuracy.seconds(roundedUpTo: .milliseconds(100))
        return """
            the times may be off by up to \(seconds) s: when the camera took its pictures cannot be \
            told more exactly
            """

    }

    private enum CodingKeys: CodingKey {
        case complete, gaps, reason
    }

    // By hand, because the synthesised one leaves the key out where there is no reason.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(complete, forKey: .complete)
        try container.encode(gaps, forKey: .gaps)
        try container.encode(reason, forKey: .reason)
    }
}

extension Duration {
    /// This interval in seconds, in whole steps of `unit`: never less than it is.
    func seconds(roundedUpTo unit: Duration) -> Double {
        let step = unit.wholeMicroseconds
        return Double((wholeMicroseconds + step - 1) / step * step) / 1_000_000
    }
}
