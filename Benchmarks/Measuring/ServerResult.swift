/// What one server did in the rounds of one row.
struct ServerResult {
    struct Round {
        /// Requests a second.
        let rate: Double
        /// Bytes of bodies a second.
        let throughput: Double
        /// In milliseconds.
        let p99: Double
        /// CPU time of the server, in seconds for 10⁹ bytes of bodies.
        let cpuPerGB: Double
        /// CPU times of the server, in seconds a request.
        let user: Double
        let system: Double
        /// The part of one core that the server used.
        let share: Double

        /// - Parameters:
        ///   - requests: how many the server answered.
        ///   - length: of each answer's body.
        init(
            _ report: WrkReport,
            requests: Double,
            length: Int,
            from earlier: ProcessFigures,
            to later: ProcessFigures
        ) {
            let cpu = later.cpuSeconds - earlier.cpuSeconds
            rate = requests / report.seconds
            throughput = rate * Double(length)
            p99 = report.p99
            cpuPerGB = cpu / (requests * Double(length)) * 1e9
            user = (later.userSeconds - earlier.userSeconds) / requests
            system = (later.systemSeconds - earlier.systemSeconds) / requests
            share = cpu / report.seconds
        }
    }

    let name: String
    var rounds: [Round] = []

    init(name: String) {
        self.name = name
    }

    func median(_ figure: (Round) -> Double) -> Double {
        Sample(rounds.map(figure)).median
    }

    /// For a table: requests/s, MB/s, p99 ms, CPU s/GB, CPU µs a request, of that user and system
    /// time, and the core's use in per cent.
    var cells: [String] {
        [
            median(\.rate).decimals(median(\.rate) < 1000 ? 1 : 0),
            (median(\.throughput) / 1e6).decimals(1), median(\.p99).decimals(2),
            median(\.cpuPerGB).decimals(3), (median { $0.user + $0.system } * 1e6).decimals(1),
            (median(\.user) * 1e6).decimals(1), (median(\.system) * 1e6).decimals(1),
            (median(\.share) * 100).decimals(0),
        ]
    }
}
