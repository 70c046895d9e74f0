/// Measurements of one kind.
struct Sample {
    private let sorted: [Double]

    /// - Parameter values: at least one.
    init(_ values: [Double]) {
        sorted = values.sorted()
    }

    var count: Int { sorted.count }

    /// How many values are as asked.
    func count(where condition: (Double) -> Bool) -> Int { sorted.count(where: condition) }

    var median: Double {
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    var largest: Double { sorted[sorted.count - 1] }

    /// The smallest value that `percent` of all do not exceed.
    func percentile(_ percent: Double) -> Double {
        let rank = (percent / 100 * Double(sorted.count)).rounded(.up)
        return sorted[max(0, Int(rank) - 1)]
    }
}
