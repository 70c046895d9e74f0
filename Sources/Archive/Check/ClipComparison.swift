/// Holds a clip's row against its folder.
struct ClipComparison {
    let id: String
    /// Where the folder is, or should be, below the storage folder.
    let place: String

    /// What is not as it should be; nothing of a clip that is being recorded, made or deleted.
    func findings(row: RowFacts?, folder: FolderFacts?) -> [CheckFinding] {
        if let row, row.isUnderWay { return [] }
        guard let folder else {
            guard let row, row.needsFolder else { return [] }
            return [finding(.missing, "the database has it, but its folder is gone", .removeRow)]
        }
        guard let manifest = folder.manifest else {
            return [
                finding(.damaged, file: ClipManifest.fileName, "it is gone or cannot be read", nil)
            ]
        }
        guard manifest.clip.id == id, ClipLayout.place(of: manifest.clip) == place else {
            return [finding(.foreign, "its clip.json is that of another clip or day", .setAside)]
        }
        return compare(row, manifest.clip) + compare(manifest, folder.files)
    }

    private func compare(_ row: RowFacts?, _ clip: Clip) -> [CheckFinding] {
        guard let row else {
            return [finding(.foreign, "the database does not have this clip", .insertRow)]
        }
        let fields = row.clip.fields(differingFrom: clip)
        if fields.isEmpty { return [] }
        return [
            finding(
                .different,
                "the database and clip.json differ in \(fields.joined(separator: ", "))",
                row.isDirty ? .rewriteManifest : .rewriteRow
            )
        ]
    }

    private func compare(
        _ manifest: ClipManifest,
        _ files: [String: FolderFacts.File]
    ) -> [CheckFinding] {
        let expected = manifest.expectedFiles
        let faults = expected.compactMap { file in
            Self.fault(of: file, files[file.name]).map { (file, $0.kind, $0.detail) }
        }
        // Of segments that are not whole nothing whole can be made.
        let hasFootage = faults.allSatisfy(\.0.isMade) && manifest.clip.status == .ready
        var findings = faults.map { file, kind, detail in
            let canBeMade = file.name == ClipFolder.playlistName || (file.isMade && hasFootage)
            return finding(kind, file: file.name, detail, canBeMade ? .remake : nil)
        }
        let known = Set(expected.map(\.name))
        findings += files.keys.filter { !known.contains($0) }.sorted().map {
            finding(.foreign, file: $0, "it is none of the clip's files", .setAside)
        }
        return findings
    }

    private static func fault(
        of file: ExpectedFile,
        _ found: FolderFacts.File?
    ) -> (kind: CheckFinding.Kind, detail: String)? {
        guard let found else { return file.isOptional ? nil : (.missing, "it is gone") }
        guard let size = found.size else { return (.damaged, "it cannot be read") }
        if let expected = file.size, expected != size {
            return (.damaged, "it has \(size) bytes instead of \(expected)")
        }
        if let expected = file.crc32c, let sum = found.crc32c, expected != sum {
            return (.damaged, "its checksum is not the one in clip.json")
        }
        return nil
    }

    private func finding(
        _ kind: CheckFinding.Kind,
        file name: String? = nil,
        _ detail: String,
        _ remedy: CheckRemedy?
    ) -> CheckFinding {
        CheckFinding(
            kind: kind,
            place: name.map { "\(place)/\($0)" } ?? place,
            clip: id,
            detail: detail,
            remedy: remedy
        )
    }
}
