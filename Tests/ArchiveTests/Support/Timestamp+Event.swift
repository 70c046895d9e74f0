@testable import Segmenter

extension Timestamp {
    /// Some moment long ago, on a whole second.
    static let event = Timestamp(microseconds: 1_700_000_000_000_000)

    /// Soon: a window that begins here is still open while a test runs.
    static var soon: Timestamp {
        Timestamp(microseconds: (now().microseconds / 1_000_000 + 60) * 1_000_000)
    }
}
