import Foundation
import TestSupport

/// What happened in a chaos run, gathered from its tasks.
actor ChaosLog {
    private(set) var faults: [ChaosFault] = []
    private var looks: [ChaosLook] = []
    private var violations = Violations()
    private var refusals: [String: Int] = [:]
    private var failures: [String: Int] = [:]
    private var clips = 0
    private var incomplete = 0
    private var largestError: Int64 = 0
    private var largestGapError: Int64 = 0

    /// Takes in a fault that begins; gives its number.
    func begin(_ fault: ChaosFault) -> Int {
        faults.append(fault)
        return faults.count - 1
    }

    func end(fault number: Int) { faults[number].end = Date() }

    func add(_ look: ChaosLook) { looks.append(look) }

    func refuse(_ status: String) { refusals[status, default: 0] += 1 }

    func violate(_ what: String) { violations.add(what) }

    func fail(_ clip: ClipState) {
        let reason = clip.error ?? ""
        failures[reason, default: 0] += 1
        violations.add(
            "clip \(clip.id) of \(clip.camera) failed without a reason",
            if: reason.isEmpty
        )
    }

    func take(_ truth: ClipTruth, of clip: ClipState) {
        clips += 1
        if clip.gaps.isEmpty {
            largestError = max(largestError, abs(truth.startError), abs(truth.endError))
        } else {
            incomplete += 1
        }
        largestGapError = max(largestGapError, truth.largestGapError ?? 0)
        for violation in truth.violations {
            violations.add("\(clip.camera) \(clip.id): \(violation)")
        }
    }

    /// Prints everything, and fails if anything was as it must not be.
    func show(_ before: ChaosLook, _ after: ChaosLook, seed: UInt64) throws {
        print("\nchaos, seed \(seed)\n")
        for kind in ChaosFault.Kind.allCases {
            print("  \(kind.rawValue): \(faults.count { $0.kind == kind }) times")
        }
        print("  clips ready: \(clips), of these with gaps: \(incomplete)")
        for (reason, count) in failures { print("  clips failed: \(count): \(reason)") }
        for (status, count) in refusals { print("  triggers refused: \(count) by \(status)") }
        print("  bounds of whole clips off by at most \(largestError / 1000) ms")
        print("  bounds of gaps off by at most \(largestGapError / 1000) ms")

        var table = Table(
            "what the server has",
            columns: ["", "private MB", "descriptors", "children", "ring files", "clip files"]
        )
        let quarter = max(1, looks.count / 4)
        let second = looks.dropFirst(quarter).prefix(quarter)
        let last = looks.suffix(quarter)
        for (name, looks) in [
            ("before", [before]), ("second quarter, most", Array(second)),
            ("last quarter, most", Array(last)), ("afterwards", [after]),
        ] where !looks.isEmpty {
            let most = { (figure: (ChaosLook) -> Int) in "\(looks.map(figure).max() ?? 0)" }
            let memory = (looks.map(\.memory).max() ?? 0) / 1e6
            table.add(
                name,
                [memory.decimals(1), most(\.descriptors), most(\.children), most(\.ringFiles)]
                    + [most(\.clipFiles)]
            )
        }
        table.show()
        if let earlier = second.map(\.memory).max(), let later = last.map(\.memory).max() {
            violations.add("memory grew", if: later > earlier * 1.1 + 2e6)
        }
        violations.add("descriptors grew", if: after.descriptors > before.descriptors + 8)
        violations.add("children grew", if: after.children > before.children)
        violations.add("\(after.clipFiles) files of deleted clips", if: after.clipFiles > 0)
        print("")
        try violations.show()
    }
}
