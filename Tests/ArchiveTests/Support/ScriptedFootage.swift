@testable import Archive
@testable import Segmenter

/// Footage whose coming a test decides, with a ring's manners: what is not released comes again.
actor ScriptedFootage: Footage {
    private var arrived: [Segment]
    private var hasEnded = false
    private(set) var released = -1
    private(set) var isClosed = false
    private(set) var interruption: String?
    private var currentLag = Duration.zero
    /// How often the recorder has asked how late footage comes.
    private(set) var lagQuestions = 0
    private var waiter: CheckedContinuation<Void, Never>?

    /// - Parameter ready: what the ring holds when the trigger comes.
    init(_ ready: some Sequence<Segment> & Sendable) {
        arrived = Array(ready)
    }

    /// More segments have been recorded.
    func arrive(_ segments: some Sequence<Segment> & Sendable) {
        arrived += segments
        wake()
    }

    /// Nothing will come any more.
    func end(_ reason: String? = nil) {
        hasEnded = true
        interruption = reason
        wake()
    }

    /// What is recorded comes so much later than usual from now on.
    func fallBehind(by lag: Duration) {
        currentLag = lag
    }

    var lag: Duration {
        lagQuestions += 1
        return currentLag
    }

    func available() -> [Segment] {
        arrived.filter { $0.sequence > released && (!$0.isOpen || $0 == arrived.last) }
    }

    func next() async -> [Segment] {
        while available().isEmpty && !hasEnded && !isClosed {
            await withCheckedContinuation { waiter = $0 }
        }
        return isClosed ? [] : available()
    }

    func release(through segment: Segment) {
        released = max(released, segment.sequence - (segment.isOpen ? 1 : 0))
    }

    func close() {
        isClosed = true
        wake()
    }

    private func wake() {
        waiter?.resume()
        waiter = nil
    }
}
