/// How much of the disk is left for what is not reserved, in bytes.
package struct Room: Sendable, Equatable {
    /// Beyond what clips have reserved; below 0 when they may not get it.
    package let free: Int
    /// Of that, what is to stay free.
    package let minFree: Int

    package init(free: Int, minFree: Int) {
        self.free = free
        self.minFree = minFree
    }

    /// What new clips may take. Below 0 triggers are refused.
    package var spare: Int { free - minFree }
}
