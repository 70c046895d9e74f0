/// What a check of the storage folder has found.
package struct CheckReport: Sendable, Hashable {
    /// How many finished clips were looked at, in the database or on disk.
    package var clips = 0
    package var findings: [CheckFinding]

    package init(findings: [CheckFinding] = []) {
        self.findings = findings
    }

    /// Findings that nothing was done about.
    package var left: Int { findings.count { $0.repair == nil } }
}
