/// What fills a ring, as the ring sees it: it looks for more now and then, and at once when it is asked to.
///
/// Nobody needs each fifth of a second of footage as it comes, unless somebody waits for it. So what a run has
/// written is read each second, and whenever the ring is read.
struct RingSource: Sendable {
    /// Puts what has come by now into the ring. Called on the ring's executor.
    let read: @Sendable () -> Void
    /// Has it put in as it comes, while somebody waits.
    let hasten: @Sendable () -> Void
}
