package import Segmenter

extension ArchiveCheck {
    /// Sets right what can be, in this order, and notes what was done in each finding.
    ///
    /// Only where no server uses the storage folder.
    package func repair(
        _ findings: [CheckFinding],
        ffmpeg: FFmpeg,
        encoding: CameraConfiguration.Encoding,
        report: @escaping @Sendable (String) -> Void
    ) async -> [CheckFinding] {
        let workshop = ClipWorkshop(
            layout: layout,
            table: table,
            ffmpeg: ffmpeg,
            encoding: encoding,
            limiter: JobLimiter(limit: 1),
            encodingLimiter: JobLimiter(limit: 1),
            report: report
        )
        var repaired: [CheckFinding] = []
        for var finding in findings {
            do throws(ArchiveError) {
                finding.repair = try await repair(finding, workshop)
            } catch {
                report("\(finding.place) cannot be repaired: \(error)")
            }
            repaired.append(finding)
        }
        return repaired
    }

    /// Says what was done; nil when nothing can be.
    private func repair(
        _ finding: CheckFinding,
        _ workshop: ClipWorkshop
    ) async throws(ArchiveError) -> String? {
        guard let remedy = finding.remedy else { return nil }
        let found = ClipFolder(path: layout.root + "/" + finding.place)
        switch (remedy, finding.clip) {
        case (.setAside, _):
            return "moved to \(try setAside(finding.place))"
        case (.finishDeletion, _):
            return found.removeAll() ? "removed" : nil
        case (.removeRow, let id?):
            try await table.remove(id)
            return "its row is removed"
        case (.insertRow, _):
            try await table.insert(try found.manifest().clip)
            return "it has a row now"
        case (.rewriteRow, _):
            try await table.update(try found.manifest().clip)
            return "the row follows clip.json"
        case (.rewriteManifest, let id?):
            guard let row = try await table.facts(id) else { return nil }
            var manifest = try found.manifest()
            manifest.clip = row.clip
            try found.replace(manifest)
            try await table.markSettled(id)
            return "clip.json follows the row, which was edited last"
        case (.remake, _):
            try await ClipRepair(workshop: workshop, folder: found.parent).remake(found.name)
            return "made anew of the segments"
        case (.removeRow, nil), (.rewriteManifest, nil):
            return nil
        }
    }

    /// Moves something to `clips/.lost`, under a path like its own that is free; gives that.
    private func setAside(_ place: String) throws(ArchiveError) -> String {
        let target = layout.unusedLost(String(place.dropFirst("clips/".count)))
        try ClipFolder(path: layout.root + "/" + place).move(to: target)
        return String(target.path.dropFirst(layout.root.count + 1))
    }
}
