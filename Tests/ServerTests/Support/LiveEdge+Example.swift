import Segmenter

extension LiveEdge {
    /// Segments of 2 s, told by how many parts of each there are; the last is still growing.
    ///
    /// - Parameters:
    ///   - first: the number of the first segment.
    ///   - duration: of the complete segments.
    ///   - isRecorded: whether more is to come.
    static func example(
        parts counts: [Int],
        from first: Int = 10,
        partDuration: Duration = .milliseconds(200),
        duration: Duration = .seconds(2),
        isRecorded: Bool = true
    ) throws -> LiveEdge {
        // A movie header (ISO/IEC 14496-12 §8.2.2) of 1000 ticks a second, and no tracks.
        let header: [UInt8] =
            [0, 0, 0, 32] + Array("moov".utf8) + [0, 0, 0, 24] + Array("mvhd".utf8)
            + [UInt8](repeating: 0, count: 12) + [0, 0, 3, 232]
        let run = Run(id: "run", directory: "/run", media: try InitSegment(parsing: header))
        let event = Timestamp(microseconds: 1_700_000_000_000_000)
        var number = 0
        let newest = counts.enumerated().map { index, count in
            let isOpen = index == counts.count - 1
            let duration = isOpen ? partDuration * count : duration
            let segment = Segment(
                run: run,
                sequence: first + index,
                name: "00\(first + index).m4s",
                mediaStart: .seconds(2 * index),
                duration: duration,
                start: event + .seconds(2 * index),
                end: event + .seconds(2 * index) + duration,
                bytes: 0,
                startsOnKeyframe: true,
                frameInterval: .milliseconds(40),
                isOpen: isOpen
            )
            let parts = (0..<count).map { place in
                defer { number += 1 }
                return Part(
                    number: number,
                    offset: 0,
                    length: 0,
                    duration: partDuration,
                    startsOnKeyframe: place == 0
                )
            }
            return PartedSegment(segment: segment, parts: parts)
        }
        return LiveEdge(revision: 1, newest: newest, run: isRecorded ? "run" : nil)
    }

    /// One segment that is still growing, of parts that last so long.
    static func example(partDurations: [Duration]) throws -> LiveEdge {
        let example = try example(parts: [partDurations.count])
        let parts = zip(example.newest[0].parts, partDurations).map { part, duration in
            Part(
                number: part.number,
                offset: part.offset,
                length: part.length,
                duration: duration,
                startsOnKeyframe: part.startsOnKeyframe
            )
        }
        let segment = PartedSegment(segment: example.newest[0].segment, parts: parts)
        return LiveEdge(revision: 1, newest: [segment], run: "run")
    }
}
