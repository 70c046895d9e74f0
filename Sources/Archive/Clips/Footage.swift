package import Segmenter

/// A camera's segments from a moment on: what is there, then what comes.
///
/// Segments stay on disk until they are released.
package protocol Footage: Sendable {
    /// What lies ready, without waiting.
    func available() async -> [Segment]
    /// Waits for more; empty once nothing will come any more.
    func next() async -> [Segment]
    /// Says that `segment` and all before it are safe in the clip.
    func release(through segment: Segment) async
    /// Ends the reading; a `next` under way returns empty.
    func close() async
}
