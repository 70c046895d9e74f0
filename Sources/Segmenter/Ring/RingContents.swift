extension Ring {
    /// What a ring holds, for a playlist of it; in wall time.
    package struct Contents: Sendable {
        /// Those that nothing more belongs to.
        package let segments: [Segment]
        /// How often, before the first segment, one did not go on where the one before it ended.
        package let discontinuities: Int
        package let edge: LiveEdge

        package init(segments: [Segment], discontinuities: Int, edge: LiveEdge) {
            self.segments = segments
            self.discontinuities = discontinuities
            self.edge = edge
        }
    }
}
