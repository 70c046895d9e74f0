import Archive

/// What `hindsight check` prints.
enum CheckAnswer {
    /// A finding as JSON has it.
    struct Entry: Encodable {
        let kind: CheckFinding.Kind
        let place: String
        @OrNull var clip: String?
        let detail: String
        /// What was done about it.
        @OrNull var repair: String?

        init(_ finding: CheckFinding) {
            kind = finding.kind
            place = finding.place
            clip = finding.clip
            detail = finding.detail
            repair = finding.repair
        }
    }

    /// For people: a line for each finding, and one for all of them.
    static func lines(_ report: CheckReport) -> [String] {
        report.findings.map(line) + [summary(report)]
    }

    private static func line(_ finding: CheckFinding) -> String {
        let kind = finding.kind.rawValue
        let words = kind + String(repeating: " ", count: 11 - kind.count)
        let repair = finding.repair.map { "; repaired: \($0)" } ?? ""
        return "\(words)\(finding.place): \(finding.detail)\(repair)"
    }

    private static func summary(_ report: CheckReport) -> String {
        let clips = "\(report.clips) clip\(report.clips == 1 ? "" : "s") checked"
        if report.findings.isEmpty { return "\(clips): all as it should be." }
        let repaired = report.findings.count - report.left
        return "\(clips): \(report.findings.count) to mend, \(repaired) repaired."
    }
}
