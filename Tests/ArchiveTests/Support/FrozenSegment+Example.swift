@testable import Archive
@testable import Segmenter

extension FrozenSegment {
    /// A segment of a run whose media clock began at zero, at `Timestamp.event`.
    ///
    /// - Parameter slew: by how much its wall-clock estimate differs from that of the run's first.
    static func example(
        _ number: Int = 1,
        run: String = "a",
        media: Duration = .zero,
        duration: Duration = .seconds(2),
        wall: Duration? = nil,
        slew: Duration = .zero,
        startsOnKeyframe: Bool = true,
        gapReason: String? = nil
    ) -> FrozenSegment {
        FrozenSegment(
            file: "00000\(number).m4s",
            initFile: "init-\(run).mp4",
            run: run,
            mediaStart: media,
            duration: duration,
            start: .event + (wall ?? media) + slew,
            bytes: 1000,
            startsOnKeyframe: startsOnKeyframe,
            gapReason: gapReason
        )
    }
}
