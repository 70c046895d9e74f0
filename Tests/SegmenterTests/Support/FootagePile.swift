import Foundation
import TestSupport

@testable import Segmenter

/// Makes segments without a camera: their files exist, their times are as asked.
final class FootagePile {
    static let segmentDuration = Duration.seconds(2)

    let folder: TemporaryFolder
    /// Where the first segment begins, before anybody sets the clock.
    let start: Timestamp
    private var begin: SteadyTime { start.steadyTime(shift: .zero) }
    private var next = 0

    init(startingAt start: Timestamp) throws {
        folder = try TemporaryFolder()
        self.start = start
    }

    /// The next segment, which begins where the one before ended.
    func segment(run name: String = "run1") throws -> SteadySegment {
        let directory = folder.path + "/" + name
        try Directory.create(directory)
        let run = Run(
            id: name,
            directory: directory,
            media: try InitSegment(parsing: Boxes.emptyInit)
        )
        let segment = SteadySegment(
            run: run,
            sequence: next,
            name: "\(next).m4s",
            mediaStart: Self.segmentDuration * next,
            duration: Self.segmentDuration,
            start: begin + Self.segmentDuration * next,
            end: begin + Self.segmentDuration * (next + 1),
            bytes: 0,
            startsOnKeyframe: true,
            frameInterval: .milliseconds(40)
        )
        try Data().write(to: URL(filePath: segment.path))
        next += 1
        return segment
    }

    /// What has come of the segment after the newest, which begins where that ended.
    ///
    /// - Parameter parts: how many there are, all of the same length.
    func open(
        for duration: Duration,
        run name: String = "run1",
        parts: Int = 0
    ) throws -> SteadyPartedSegment {
        let whole = try segment(run: name)
        next -= 1
        let segment = SteadySegment(
            run: whole.run,
            sequence: whole.sequence,
            name: whole.name,
            mediaStart: whole.mediaStart,
            duration: duration,
            start: whole.start,
            end: whole.start + duration,
            bytes: 0,
            startsOnKeyframe: true,
            frameInterval: whole.frameInterval,
            isOpen: true
        )
        let list = (0..<parts).map {
            Part(
                number: $0,
                offset: 0,
                length: 0,
                duration: duration / parts,
                startsOnKeyframe: $0 == 0
            )
        }
        return SteadyPartedSegment(segment: segment, parts: list)
    }

    /// The names of the segments on disk, in order.
    func names(run name: String = "run1") -> [Int] {
        Directory.names(folder.path + "/" + name).compactMap { Int($0.dropLast(4)) }.sorted()
    }
}

extension Ring {
    /// Takes in a segment of whose parts nobody asks.
    func append(_ segment: SteadySegment) {
        append(SteadyPartedSegment(segment: segment, parts: []))
    }

    /// Deletes what is too old at a moment of a wall clock that nobody has set.
    func prune(now: Timestamp) {
        prune(now: now.steadyTime(shift: .zero))
    }
}
