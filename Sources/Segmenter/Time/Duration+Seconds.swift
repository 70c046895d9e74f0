extension Duration {
    /// This interval in seconds; exact to the microsecond for anything under centuries.
    package var seconds: Double {
        Double(wholeMicroseconds) / 1_000_000
    }

    /// This interval in microseconds, rounded to the nearest.
    package var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let half: Int64 = attoseconds < 0 ? -500_000_000_000 : 500_000_000_000
        return seconds * 1_000_000 + (attoseconds + half) / 1_000_000_000_000
    }

    package var magnitude: Duration { self < .zero ? .zero - self : self }

    /// `ticks` of a media clock that runs at `timescale` ticks a second, to the microsecond.
    package init(ticks: Int64, timescale: Int64) {
        let (whole, rest) = ticks.quotientAndRemainder(dividingBy: timescale)
        let half = rest < 0 ? -timescale / 2 : timescale / 2
        self = .seconds(whole) + .microseconds((rest * 1_000_000 + half) / timescale)
    }

    /// Seconds as ffmpeg's command line takes them: `12.345678`.
    package var ffmpegSeconds: String {
        let total = wholeMicroseconds
        let fraction = String(abs(total % 1_000_000))
        let padding = String(repeating: "0", count: 6 - fraction.count)
        return "\(total < 0 ? "-" : "")\(abs(total / 1_000_000)).\(padding)\(fraction)"
    }
}
