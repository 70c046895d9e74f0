/// Time as the boxes of a file state it, which a damaged one may do without measure.
enum MediaTime {
    /// Thirty years: more than a run lives, and small enough that no sum of times overflows.
    private static let limit = Duration.seconds(1_000_000_000)

    /// `ticks` of a clock that runs at `timescale` ticks a second.
    static func make(ticks: Int64, timescale: Int64) throws(SegmenterError) -> Duration {
        let time = Duration(ticks: ticks, timescale: timescale)
        guard time > .zero - limit, time < limit else {
            throw .malformedMedia("a media time of \(ticks) ticks at \(timescale) a second")
        }
        return time
    }
}
