import Archive
import TestSupport

/// By what one life of the program is ended.
enum CrashDeath {
    /// It kills itself where it comes to this point, the `count`th time.
    case fault(FaultPoint, count: Int)
    /// It is killed so long after its start.
    case delay(Duration)

    /// When it is killed from outside at the latest.
    var limit: Duration {
        switch self {
        case .fault: .seconds(20)
        case .delay(let delay): delay
        }
    }

    var environment: [String: String] {
        switch self {
        case .fault(let point, let count): ["HINDSIGHT_FAULT": "\(point.rawValue):\(count)"]
        case .delay: [:]
        }
    }

    /// So many of them, the same for the same seed: each point in its turn, every third at random.
    static func plan(_ count: Int, seed: UInt64) -> [CrashDeath] {
        var random = SplitMix64(seed: seed)
        var points: [FaultPoint] = []
        return (0..<count).map { number in
            if number % 3 == 2 {
                return .delay(.milliseconds(Int.random(in: 50...2500, using: &random)))
            }
            if points.isEmpty { points = FaultPoint.allCases.shuffled(using: &random) }
            return .fault(points.removeLast(), count: Int.random(in: 1...2, using: &random))
        }
    }
}
