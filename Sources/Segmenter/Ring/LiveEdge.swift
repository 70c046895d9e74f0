/// A ring's newest end, for players that follow it closely.
package struct LiveEdge: Sendable {
    /// Another one after every change.
    package let revision: Int
    /// The last three segments that nothing more belongs to, then the one that is still growing.
    package let newest: [PartedSegment]
    /// The id of the run that is being recorded.
    package let run: String?
    /// Nothing is to come, unless another run begins.
    package let isClosed: Bool

    package init(revision: Int, newest: [PartedSegment], run: String?, isClosed: Bool = false) {
        self.revision = revision
        self.newest = newest
        self.run = run
        self.isClosed = isClosed
    }

    /// The number that the next part will have, in the run that is being recorded; nil if none can come.
    package var nextPart: Int? {
        guard !isClosed, let last = newest.last, last.segment.run.id == run else { return nil }
        return last.parts.last.map { $0.number + 1 }
    }
}

extension Ring {
    /// Waits until the newest end is as asked.
    ///
    /// - Parameter limit: the longest wait.
    /// - Returns: nil if it did not become so in time, the ring was closed, or the task is cancelled.
    package nonisolated func edge(
        within limit: Duration,
        where fits: @escaping @Sendable (LiveEdge) -> Bool
    ) async -> LiveEdge? {
        let present = await edge
        if fits(present) { return present }
        return await withTaskGroup { group in
            group.addTask { await self.watch(from: present, where: fits) }
            group.addTask { () -> LiveEdge? in
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private nonisolated func watch(
        from present: LiveEdge,
        where fits: @Sendable (LiveEdge) -> Bool
    ) async -> LiveEdge? {
        var edge = present
        while !fits(edge) {
            if edge.isClosed || Task.isCancelled { return nil }
            edge = await self.edge(after: edge.revision)
        }
        return edge
    }
}
