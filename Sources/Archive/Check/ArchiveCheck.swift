import Segmenter

/// Compares the database with the clips' folders.
///
/// It may run beside a server: it writes nothing, leaves out what is being recorded, made or deleted, and
/// reports only what is still so at a later look. With `repair`, no server may run.
package actor ArchiveCheck {
    /// How much is read.
    package enum Depth: Sendable {
        /// Every file, for its checksum, and the whole database.
        case full
        /// `clip.json` and the files' sizes.
        case quick
    }

    let layout: ClipLayout
    let table: ClipTable
    private let depth: Depth
    private let looks: [Duration]
    private let wait: @Sendable (Duration) async -> Void
    /// What was not as it should be at the last look.
    private var suspects: [(subject: CheckSubject, findings: [CheckFinding])] = []
    private let executor = QueueExecutor(label: "check")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Opens the database.
    ///
    /// - Parameters:
    ///   - root: the storage folder.
    ///   - repairs: whether `repair` is to follow; then the database's schema is brought up to date.
    ///   - looks: after how long to look again at what was found, each time.
    ///   - wait: lets that time pass.
    package init(
        root: String,
        databasePath: String,
        depth: Depth = .full,
        repairs: Bool = false,
        looks: [Duration] = [.seconds(1), .seconds(4)],
        wait: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
    ) throws(ArchiveError) {
        layout = ClipLayout(root: root)
        table = try ClipTable(path: databasePath, mode: repairs ? .readWrite : .readOnly)
        self.depth = depth
        self.looks = repairs ? [] : looks
        self.wait = wait
    }

    /// Looks at every clip.
    package func run() async throws(ArchiveError) -> CheckReport {
        var report = CheckReport()
        if depth == .full { report.findings = try await databaseFindings() }
        for subject in CheckWalk(layout: layout).subjects {
            if case .folder = subject { report.clips += 1 }
            try await take(subject)
        }
        var last = ""
        while true {
            let ids = try await table.ids(after: last, limit: 1000)
            guard let end = ids.last else { break }
            for id in ids { try await take(.row(id: id)) }
            last = end
        }
        for pause in looks where !suspects.isEmpty {
            await wait(pause)
            let again = suspects
            suspects = []
            for suspect in again { try await take(suspect.subject) }
        }
        report.findings += suspects.flatMap(\.findings)
        suspects = []
        return report
    }

    private func take(_ subject: CheckSubject) async throws(ArchiveError) {
        let findings: [CheckFinding]
        do throws(ArchiveError) {
            findings = try await examine(subject)
        } catch .database(DamagedDatabase.corrupt, let message) {
            findings = [.database(.damaged, message)]
        }
        if !findings.isEmpty { suspects.append((subject, findings)) }
    }

    package func close() async {
        await table.close()
    }

    private func databaseFindings() async throws(ArchiveError) -> [CheckFinding] {
        try await table.faults().map { .database(.damaged, $0) }
    }

    private func examine(_ subject: CheckSubject) async throws(ArchiveError) -> [CheckFinding] {
        switch subject {
        case .folder(let place, let id):
            // The folder first: what has become of it since, the row then tells.
            let folder = ClipFolder(path: layout.root + "/" + place)
            guard let facts = FolderFacts(folder, quick: depth == .quick) else { return [] }
            return ClipComparison(id: id, place: place)
                .findings(row: try await table.facts(id), folder: facts)
        case .row(let id):
            guard let row = try await table.facts(id), !layout.final(row.clip).exists
            else { return [] }
            return ClipComparison(id: id, place: ClipLayout.place(of: row.clip))
                .findings(row: row, folder: nil)
        case .staging(let id):
            let isUnderWay = try await table.facts(id)?.isUnderWay ?? false
            if isUnderWay || !layout.staging(id).exists { return [] }
            return [stray("clips/.staging/" + id, "no clip is being recorded in it", .setAside)]
        case .trash(let id):
            let isDeleted = try await table.facts(id)?.isDeleted ?? false
            if isDeleted || !layout.trash(id).exists { return [] }
            return [stray("clips/.trash/" + id, "its deletion was not finished", .finishDeletion)]
        case .stray(let place):
            let isThere = ClipFolder(path: layout.root + "/" + place).exists
            return isThere ? [stray(place, "it belongs to no clip", .setAside)] : []
        }
    }

    private func stray(
        _ place: String,
        _ detail: String,
        _ remedy: CheckRemedy
    ) -> CheckFinding {
        CheckFinding(kind: .foreign, place: place, clip: nil, detail: detail, remedy: remedy)
    }
}
