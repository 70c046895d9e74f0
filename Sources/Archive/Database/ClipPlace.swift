import Segmenter

/// Where a clip lies in its table: a row's number, which grows with the moment of the event.
///
/// So the newest clips are the table's end, a page is a range of it, and so is every span of time.
/// Clips of one millisecond lie in the order in which they were stored.
enum ClipPlace {
    /// How many clips of one millisecond have a place. The year 9999 still fits into 63 bits.
    static let perMillisecond: Int64 = 1 << 15

    /// The first place of a moment's millisecond.
    static func first(at moment: Timestamp) -> Int64 {
        let (milliseconds, rest) = moment.microseconds.quotientAndRemainder(dividingBy: 1000)
        return (rest < 0 ? milliseconds - 1 : milliseconds) * perMillisecond
    }
}
