@testable import Archive
@testable import Segmenter

extension FrozenSegment {
    /// A segment of a run whose media clock began at zero, at `Timestamp.event`.
    ///
    /// - Parameters:
    ///   - slew: by how much its wall-clock estimate differs from that of the run's first.
    ///   - stretch: by how much longer it lasts on the wall clock than on its run's.
    static func example(
        _ number: Int = 1,
        run: String = "a",
        media: Duration = .zero,
        duration: Duration = .seconds(2),
        wall: Duration? = nil,
        slew: Duration = .zero,
        stretch: Duration = .zero,
        startsOnKeyframe: Bool = true,
        gapReason: String? = nil,
        pauses: [Pause] = [],
        accuracy: Duration? = .milliseconds(40),
        isOpen: Bool = false
    ) -> FrozenSegment {
        let start = Timestamp.event + (wall ?? media) + slew
        return FrozenSegment(
            file: "00000\(number).m4s",
            initFile: "init-\(run).mp4",
            run: run,
            mediaStart: media,
            duration: duration,
            start: start,
            end: start + duration + stretch,
            bytes: 1000,
            startsOnKeyframe: startsOnKeyframe,
            gapReason: gapReason,
            pauses: pauses,
            accuracy: accuracy,
            isOpen: isOpen
        )
    }
}
