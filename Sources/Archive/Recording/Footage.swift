package import Segmenter

/// A camera's segments from a moment on: what is there, then what comes.
///
/// Segments stay on disk until they are released.
package protocol Footage: Sendable {
    /// What lies ready, without waiting. The last may still be growing.
    func available() async -> [Segment]
    /// Waits for more; empty once nothing will come any more.
    ///
    /// A segment that is still growing is given only when it has come to the end that was asked for.
    func next() async -> [Segment]
    /// Says that `segment` and all before it are safe in the clip. One that was still growing comes again.
    func release(through segment: Segment) async
    /// Moves on the end that was asked for.
    func extend(to end: Timestamp) async
    /// Why nothing is recorded at present, in plain words; nil while something is.
    var interruption: String? { get async }
    /// How much later than usual footage comes at present.
    var lag: Duration { get async }
    /// Ends the reading; a `next` under way returns empty.
    func close() async
}

extension Footage {
    // Only footage that gives what is growing needs to know where its end is.
    package func extend(to end: Timestamp) async {}
}
