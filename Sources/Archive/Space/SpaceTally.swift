/// What a camera's clips come to.
package struct SpaceTally: Sendable, Equatable {
    /// Finished clips that are not locked.
    package var clips: Int
    /// As if no file were shared, bytes.
    package var apparent: Int
    /// What they take on the disk: files that several hold count once, bytes.
    package var real: Int

    package init(clips: Int = 0, apparent: Int = 0, real: Int = 0) {
        self.clips = clips
        self.apparent = apparent
        self.real = real
    }

    static func + (left: SpaceTally, right: SpaceTally) -> SpaceTally {
        SpaceTally(
            clips: left.clips + right.clips,
            apparent: left.apparent + right.apparent,
            real: left.real + right.real
        )
    }
}
