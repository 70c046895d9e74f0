import Segmenter
import Synchronization

/// All cameras, by id, in the order of the configuration, which may change while they are recorded.
///
/// A camera stays the same object for as long as its id is in the list.
final class CameraFleet: Sendable {
    private typealias Recordings = [String: Task<Void, Never>]

    private let members: Mutex<[Camera]>
    private let make: @Sendable (CameraConfiguration) -> Camera
    private let report: @Sendable (String) -> Void
    private let onChange: @Sendable (FleetChange) -> Void
    private let lists: AsyncStream<[CameraConfiguration]>
    private let continuation: AsyncStream<[CameraConfiguration]>.Continuation

    /// - Parameter onChange: told what happens to which camera, in its order; not to block.
    init(
        _ configurations: [CameraConfiguration],
        ringRoot: String,
        ffmpeg: FFmpeg,
        clock: SystemClock,
        report: @escaping @Sendable (String) -> Void,
        onChange: @escaping @Sendable (FleetChange) -> Void
    ) {
        let make = { @Sendable (configuration: CameraConfiguration) in
            Camera(
                configuration,
                folder: "\(ringRoot)/\(configuration.id)",
                ffmpeg: ffmpeg,
                clock: clock,
                report: report,
                onChange: { onChange(.status(configuration.id)) }
            )
        }
        members = Mutex(configurations.map(make))
        self.make = make
        self.report = report
        self.onChange = onChange
        // Of several lists that wait only the newest counts.
        (lists, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var cameras: [Camera] { members.withLock { $0 } }

    /// The longest time that any camera's ring reaches back.
    var longestBuffer: Duration {
        cameras.map(\.configuration.bufferDuration).max() ?? .zero
    }

    subscript(id: String) -> Camera? {
        cameras.first { $0.configuration.id == id }
    }

    /// Has the cameras become those of another list, soon. Whose entry is the same records on.
    func reconfigure(_ configurations: [CameraConfiguration]) {
        continuation.yield(configurations)
    }

    /// Records them all until the task is cancelled.
    func run() async {
        var recordings: Recordings = [:]
        for camera in cameras { recordings[camera.configuration.id] = Task { await camera.run() } }
        for await list in lists { await apply(list, &recordings) }
        for recording in recordings.values { recording.cancel() }
        for recording in recordings.values { await recording.value }
    }

    private func apply(_ list: [CameraConfiguration], _ recordings: inout Recordings) async {
        let old = cameras
        let difference = FleetDifference(from: old.map(\.configuration), to: list)
        let gone = old.filter { difference.removed.contains($0.configuration.id) }
        let kept = old.filter { !difference.removed.contains($0.configuration.id) }
        // No more triggers for them from now on.
        members.withLock { $0 = kept }
        for id in difference.removed { recordings[id]?.cancel() }
        for camera in gone {
            let id = camera.configuration.id
            await recordings.removeValue(forKey: id)?.value
            onChange(.removed(id))
            // Clips that are being recorded still take what they need.
            Task { await camera.removeFootage() }
        }
        await change(kept, difference.changed)
        // Last, so that a device that another camera had is free.
        let added = difference.added.map(make)
        members.withLock { $0 = Self.sorted(kept + added, like: list) }
        for camera in added {
            let id = camera.configuration.id
            recordings[id] = Task { await camera.run() }
            onChange(.added(id))
        }
        if let words = difference.words { report(words) }
    }

    private func change(_ cameras: [Camera], _ configurations: [CameraConfiguration]) async {
        await withTaskGroup { group in
            for configuration in configurations {
                let camera = cameras.first { $0.configuration.id == configuration.id }
                group.addTask { [onChange] in
                    await camera?.change(to: configuration)
                    onChange(.changed(configuration.id))
                }
            }
        }
    }

    private static func sorted(_ cameras: [Camera], like list: [CameraConfiguration]) -> [Camera] {
        let places = Dictionary(uniqueKeysWithValues: zip(list.map(\.id), list.indices))
        return cameras.sorted { places[$0.configuration.id]! < places[$1.configuration.id]! }
    }
}
