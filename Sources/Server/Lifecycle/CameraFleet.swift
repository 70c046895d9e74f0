import Segmenter

/// All cameras, by id, in the order of the configuration.
struct CameraFleet: Sendable {
    let cameras: [Camera]

    /// - Parameter onChange: told which camera's status has another state or reason.
    init(
        _ configurations: [CameraConfiguration],
        ringRoot: String,
        ffmpeg: FFmpeg,
        clock: SystemClock,
        report: @escaping @Sendable (String) -> Void,
        onChange: @escaping @Sendable (_ camera: String) -> Void
    ) {
        cameras = configurations.map { configuration in
            Camera(
                configuration,
                folder: "\(ringRoot)/\(configuration.id)",
                ffmpeg: ffmpeg,
                clock: clock,
                report: report,
                onChange: { onChange(configuration.id) }
            )
        }
    }

    /// The longest time that any camera's ring reaches back.
    var longestBuffer: Duration {
        cameras.map(\.configuration.bufferDuration).max() ?? .zero
    }

    subscript(id: String) -> Camera? {
        cameras.first { $0.configuration.id == id }
    }

    /// Records them all until the task is cancelled.
    func run() async {
        await withTaskGroup { group in
            for camera in cameras {
                group.addTask { await camera.run() }
            }
        }
    }
}
