/// A stretch of a segment, some 0.2 s or less: what arrives at once.
package struct Part: Sendable, Hashable {
    /// Counts its run's parts.
    package let number: Int
    /// Where it lies in its segment's file: one or more movie fragments.
    package let offset: Int
    package private(set) var length: Int
    /// How long it takes. In the order of decoding: so the parts of a segment add up, B-frames or not.
    package private(set) var duration: Duration
    package let startsOnKeyframe: Bool

    package init(
        number: Int,
        offset: Int,
        length: Int,
        duration: Duration,
        startsOnKeyframe: Bool
    ) {
        self.number = number
        self.offset = offset
        self.length = length
        self.duration = duration
        self.startsOnKeyframe = startsOnKeyframe
    }

    /// Takes in what follows it directly.
    mutating func extend(length: Int, duration: Duration) {
        self.length += length
        self.duration += duration
    }
}
