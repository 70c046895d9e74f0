import Archive
import Glibc
import Segmenter

/// `hindsight check`: compares the database with the clips' folders, and repairs what can be repaired.
enum CheckCommand {
    /// Prints what was found; the exit code is a failure when something of it is left.
    static func run(_ request: CheckRequest) async -> Int32 {
        let settings: Settings
        do throws(UsageError) {
            settings = try SettingsLoader.load(request.settings)
        } catch {
            Log.write(.error, error.message)
            return ExitCode.usage
        }
        do {
            let report = try await report(request, settings)
            if request.wantsJSON {
                let bytes = try JSONBody.bytes(report.findings.map(CheckAnswer.Entry.init))
                print(String(decoding: bytes, as: UTF8.self))
            } else {
                for line in CheckAnswer.lines(report) { print(line) }
            }
            return report.left == 0 ? ExitCode.success : ExitCode.failure
        } catch let error as UsageError {
            Log.write(.error, error.message)
        } catch {
            Log.write(.error, "cannot check: \(error)")
        }
        return ExitCode.failure
    }

    private static func report(
        _ request: CheckRequest,
        _ settings: Settings
    ) async throws -> CheckReport {
        try StorageLock.requireFolder(settings.storagePath)
        let lock = request.repairs ? try StorageLock(storage: settings.storagePath) : nil
        defer { withExtendedLifetime(lock) {} }
        // A server beside it has the right of way.
        nice(10)
        let check: ArchiveCheck
        do throws(ArchiveError) {
            check = try ArchiveCheck(
                root: settings.storagePath,
                databasePath: settings.databasePath,
                depth: request.isQuick ? .quick : .full,
                repairs: request.repairs
            )
        } catch {
            return CheckReport(findings: [try .database(error)])
        }
        var report: CheckReport
        do throws(ArchiveError) {
            report = try await check.run()
        } catch {
            return CheckReport(findings: [try .database(error)])
        }
        if request.repairs && !report.findings.isEmpty {
            report.findings = try await repair(report.findings, check, settings)
        }
        await check.close()
        return report
    }

    private static func repair(
        _ findings: [CheckFinding],
        _ check: ArchiveCheck,
        _ settings: Settings
    ) async throws -> [CheckFinding] {
        let (finding, ffmpeg) = await FFmpegCheck.run(path: settings.ffmpegPath)
        guard let ffmpeg else { throw UsageError(finding.line) }
        return await check.repair(
            findings,
            ffmpeg: ffmpeg,
            encoding: settings.standard.encoding,
            report: { Log.write(.warning, $0) }
        )
    }
}
