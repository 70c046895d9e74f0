import TestSupport

/// What the clips of one camera say of their times, held against the truth.
struct TruthTally {
    /// How many clips that are wrong are told of one by one.
    private static let mostShown = 3

    let camera: String
    /// What a frame's stated moment may be beside the truth, in microseconds.
    private let limit: Int64
    private var count = 0
    private var complete = 0
    private var accurate = 0
    /// Of first frames, last frames and all, in microseconds.
    private var worst = (first: Int64(0), last: Int64(0), any: Int64(0))
    private var largestAccuracy: Double?
    private var found: [String] = []
    /// How many triggers were refused.
    var refused = 0
    /// By how much its ring was ahead of now at most, in microseconds.
    var ahead: Int64?

    init(_ camera: String, limit: Int64) {
        self.camera = camera
        self.limit = limit
    }

    /// A clip that failed, or whose frames cannot be read.
    mutating func addFailure(of clip: ClipState, _ error: any Error) {
        found.append("\(camera) \(clip.id), \(clip.status): \(clip.error ?? "\(error)")")
    }

    mutating func add(_ clip: ClipState, _ truth: ClipTruth) {
        count += 1
        if clip.isComplete { complete += 1 }
        if truth.keepsAccuracy { accurate += 1 }
        if let accuracy = clip.accuracy { largestAccuracy = max(accuracy, largestAccuracy ?? 0) }
        func further(_ one: Int64, _ other: Int64) -> Int64 { abs(one) < abs(other) ? other : one }
        let errors = truth.frameErrors
        worst.first = further(worst.first, errors.first ?? 0)
        worst.last = further(worst.last, errors.last ?? 0)
        worst.any = errors.reduce(worst.any, further)
        let wrong = truth.violationsOfTimes(limit: limit)
        if !wrong.isEmpty {
            found.append("\(camera) \(clip.id): \(wrong.joined(separator: "; "))")
        }
    }

    var violations: [String] {
        var all = Array(found.prefix(Self.mostShown))
        if found.count > all.count {
            all.append("\(camera): \(found.count - all.count) more like it")
        }
        if refused > 0 { all.append("\(camera): \(refused) triggers refused") }
        if let ahead, ahead > limit {
            all.append("\(camera): its ring was \(ahead / 1000) ms ahead of now")
        }
        return all
    }

    /// For the columns clips, first, last, any, accuracy, holds in, complete, ring ahead.
    var cells: [String] {
        let errors = [worst.first, worst.last, worst.any].map { count > 0 ? "\($0 / 1000)" : "–" }
        let accuracy = largestAccuracy.map { ($0 * 1000).decimals(0) } ?? "–"
        return ["\(count)"] + errors + [accuracy, "\(accurate)", "\(complete)"]
            + [ahead.map { "\($0 / 1000)" } ?? "–"]
    }
}
