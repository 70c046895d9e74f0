import Archive

/// `hindsight reindex`: makes the database anew of the clips' folders.
enum ReindexCommand {
    static func run(_ overrides: [String: String]) async -> Int32 {
        let settings: Settings
        do throws(UsageError) {
            settings = try SettingsLoader.load(overrides)
        } catch {
            Log.write(.error, error.message)
            return ExitCode.usage
        }
        do {
            try StorageLock.requireFolder(settings.storagePath)
            let lock = try StorageLock(storage: settings.storagePath)
            defer { withExtendedLifetime(lock) {} }
            let (clips, kept) = try await DatabaseRebuild().run(
                root: settings.storagePath,
                databasePath: settings.databasePath,
                report: { Log.write(.warning, $0) }
            )
            print("A new database lists \(clips) clip\(clips == 1 ? "" : "s").")
            if let kept { print("The old one is kept as \(kept).") }
            return ExitCode.success
        } catch let error as UsageError {
            Log.write(.error, error.message)
        } catch {
            Log.write(.error, "cannot reindex: \(error)")
        }
        return ExitCode.failure
    }
}
