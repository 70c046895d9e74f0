@testable import Segmenter

extension InitSegment {
    /// Of a run that records the video track of `Boxes` alone.
    static let example = InitSegment(tracks: [Boxes.track])
}

extension Run {
    static let example = Run(id: "run1", directory: "/ring/door/run1", media: .example)
}

extension Fragment {
    /// One frame of the video track of `Boxes`.
    ///
    /// - Parameters:
    ///   - time: when it is decoded and shown, on the media clock, in milliseconds.
    ///   - length: how long it lasts, in milliseconds.
    ///   - offset: where it stands in its file.
    static func example(
        at time: Int,
        lasting length: Int = 200,
        isKeyframe: Bool = false,
        offset: Int = 800,
        bytes: Int = 100
    ) throws -> Fragment {
        // The fields: the first sample's flags, then each sample's duration.
        let head = Boxes.fragment(
            decodeTime: UInt64(time),
            count: 1,
            flags: 0x104,
            samples: Boxes.number(UInt32(isKeyframe ? 0 : 0x0001_0000))
                + Boxes.number(UInt32(length))
        )
        return try Fragment(
            offset: Int64(offset),
            length: Int64(bytes),
            head: head[...],
            beginning: [],
            media: .example
        )
    }
}
