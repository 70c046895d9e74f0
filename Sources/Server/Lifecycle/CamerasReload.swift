import Archive
import Segmenter
import Synchronization

/// Takes CAMERAS_FILE up again when it changes, or when it is asked to.
///
/// A faulty file changes nothing: it is in the log, and in `fault`, until a good one has been read.
actor CamerasReload {
    private let file: CamerasFile
    private let fleet: CameraFleet
    private let connections: Int
    private let keepClips: @Sendable ([String: Retention.Limits]) async -> Void
    private let executor = QueueExecutor(label: "reload")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let occasions: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation
    private let state = Mutex<String?>(nil)
    private var watcher: FileWatcher?

    /// - Parameters:
    ///   - connections: how many clients' connections there may be, beside the cameras.
    ///   - keepClips: takes the limits of what is kept of each camera.
    init(
        _ file: CamerasFile,
        fleet: CameraFleet,
        connections: Int,
        keepClips: @escaping @Sendable ([String: Retention.Limits]) async -> Void
    ) {
        self.file = file
        self.fleet = fleet
        self.connections = connections
        self.keepClips = keepClips
        (occasions, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Why the file as it is now is not in force; nil when it is.
    nonisolated var fault: String? { state.withLock { $0 } }

    /// Has the file read soon.
    nonisolated func ask() { continuation.yield() }

    /// Follows the file until the task is cancelled.
    func run() async {
        // It may have changed since the settings were read.
        ask()
        for await _ in occasions {
            // First, so that no change falls in between; anew, for links and folders change too.
            watch()
            await read()
        }
        watcher = nil
    }

    private func watch() {
        do {
            watcher = try FileWatcher(file.path) { [continuation] in continuation.yield() }
        } catch {
            Log.write(.warning, "changes of CAMERAS_FILE go unnoticed without SIGHUP: \(error)")
        }
    }

    private func read() async {
        do {
            let (cameras, limits) = try SettingsLoader.cameras(of: file)
            await keepClips(limits)
            fleet.reconfigure(cameras)
            if fault != nil { Log.write(.info, "CAMERAS_FILE is in order again") }
            state.withLock { $0 = nil }
            checkDescriptors(for: cameras.count)
        } catch {
            Log.write(.warning, "\(error.message); the cameras stay as they were")
            state.withLock { $0 = error.message }
        }
    }

    private func checkDescriptors(for cameras: Int) {
        let limit = DescriptorBudget.limit
        guard DescriptorBudget.connections(of: limit, cameras: cameras) < connections else {
            return
        }
        Log.write(
            .warning,
            "connections may take descriptors that \(cameras) cameras need: start Hindsight again"
        )
    }
}
