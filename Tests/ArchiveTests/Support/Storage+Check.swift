import Foundation
import TestSupport

@testable import Archive
@testable import Segmenter

extension Storage {
    /// What a check finds, one line each: kind, place, remedy.
    func check(_ depth: ArchiveCheck.Depth = .full) async throws -> [String] {
        let check = try ArchiveCheck(
            root: folder.path,
            databasePath: databasePath,
            depth: depth,
            looks: []
        )
        let report = try await check.run()
        await check.close()
        return report.findings.map {
            "\($0.kind) \($0.place) \($0.remedy.map { "\($0)" } ?? "-")"
        }
    }

    /// Repairs what a check finds; gives what was done about each finding.
    func repair() async throws -> [String?] {
        let check = try ArchiveCheck(
            root: folder.path,
            databasePath: databasePath,
            repairs: true
        )
        let report = try await check.run()
        let repaired = await check.repair(
            report.findings,
            ffmpeg: try FFmpeg(),
            encoding: .init(),
            report: { log.add($0) }
        )
        await check.close()
        return repaired.map(\.repair)
    }
}
