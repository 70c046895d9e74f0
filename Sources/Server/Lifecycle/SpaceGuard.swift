import Archive
import Segmenter
import Synchronization

/// Watches the room on the disk: has old clips deleted in time, then rings shrink, and grow again.
actor SpaceGuard {
    private static let interval = Duration.seconds(2)
    /// Age alone lets clips go, too.
    private static let looksPerRetention = 30

    private let archive: ClipArchive
    private let fleet: CameraFleet
    private let report: @Sendable (String) -> Void
    private let words = Mutex<String?>(nil)
    private var diet = RingDiet()

    init(
        _ archive: ClipArchive,
        _ fleet: CameraFleet,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.archive = archive
        self.fleet = fleet
        self.report = report
    }

    /// What is wrong with the room on the disk; nil when there is enough.
    nonisolated var notice: String? { words.withLock { $0 } }

    /// Watches until the task is cancelled.
    func run() async {
        var looks = 0
        while !Task.isCancelled {
            await look(isTimeToRetain: looks % Self.looksPerRetention == 0)
            looks += 1
            try? await Task.sleep(for: Self.interval)
        }
    }

    private func look(isTimeToRetain: Bool) async {
        // A storage folder that is away is told by others.
        guard let before = try? await archive.room() else { return }
        if isTimeToRetain || before.spare < 0 { await archive.retain() }
        guard let room = try? await archive.room() else { return }
        let cameras = fleet.cameras
        let longest = fleet.longestBuffer
        let wasOn = diet.isOn
        diet.look(room, longest: longest, growth: await growth(of: cameras))
        if diet.isOn || wasOn {
            for camera in cameras {
                let allowance = diet.allowance(of: camera.configuration.bufferDuration)
                await camera.ring.setBufferDuration(allowance)
            }
        }
        tell(room, longest)
    }

    /// What the rings would take if they held twice as much, as far as they are to, in bytes.
    private func growth(of cameras: [Camera]) async -> Int {
        var bytes = 0.0
        for camera in cameras {
            let buffer = camera.configuration.bufferDuration
            let allowance = diet.allowance(of: buffer)
            let rate = Double(await camera.ring.segments.bitRate ?? 0) / 8
            bytes += rate * (min(buffer, allowance * 2) - allowance).seconds
        }
        return Int(bytes)
    }

    private func tell(_ room: Room, _ longest: Duration) {
        var now: String?
        if diet.isOn {
            let seconds = Int(diet.allowance(of: longest).seconds)
            now = "the disk is nearly full: until there is room, rings hold at most \(seconds) s"
        } else if RingDiet.isShort(room) {
            now = "the disk is nearly full: until there is room, triggers may be refused"
        }
        guard now != notice else { return }
        words.withLock { $0 = now }
        report(now ?? "the disk has room again: rings hold what they are to")
    }
}
