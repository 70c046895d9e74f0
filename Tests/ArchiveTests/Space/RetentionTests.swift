import Testing

@testable import Archive
@testable import Segmenter

@Suite("Retention")
struct RetentionTests {
    private static let day = Duration.seconds(86_400)
    private let now = Timestamp.event

    /// A clip of so many days ago.
    private func clip(_ id: String, _ camera: String, age: Double, bytes: Int = 10)
        -> ExpendableClip
    {
        ExpendableClip(
            id: id,
            camera: camera,
            timestamp: now - .seconds(age * 86_400),
            bytes: bytes
        )
    }

    /// Six clips of two cameras, oldest first, ten bytes each.
    private var clips: [ExpendableClip] {
        [
            clip("1", "yard", age: 6), clip("2", "door", age: 5), clip("3", "yard", age: 4),
            clip("4", "door", age: 3), clip("5", "door", age: 2), clip("6", "yard", age: 1),
        ]
    }

    private func holdings(_ clips: [ExpendableClip], locked: Int = 0) -> Holdings {
        var tallies: [String: SpaceTally] = [:]
        for clip in clips {
            tallies[clip.camera, default: SpaceTally(real: locked)].clips += 1
            tallies[clip.camera, default: SpaceTally()].real += clip.bytes
        }
        return Holdings(clips: clips, tallies: tallies)
    }

    private func gone(
        _ retention: Retention,
        lacking: Int = 0,
        wholly: Bool = false
    ) -> [String] {
        retention.expired(of: holdings(clips), lacking: lacking, wholly: wholly, at: now)
            .map { "\($0.clip.id) \($0.reason)" }
    }

    @Test("Without a limit, and with enough room, all stay")
    func nothing() {
        #expect(gone(Retention()).isEmpty)
        #expect(gone(Retention(), lacking: -1).isEmpty)
        let wide = Retention.Limits(clips: 6, age: Self.day * 7, bytes: 60)
        #expect(gone(Retention(limits: wide, cameras: ["yard": wide])).isEmpty)
    }

    @Test("Beyond each limit the oldest go, of all cameras or of one")
    func limits() {
        typealias Limits = Retention.Limits
        #expect(gone(Retention(limits: Limits(clips: 4))) == ["1 MAX_CLIPS", "2 MAX_CLIPS"])
        #expect(
            gone(Retention(limits: Limits(age: Self.day * 4.5))) == [
                "1 MAX_AGE_DAYS", "2 MAX_AGE_DAYS",
            ]
        )
        #expect(
            gone(Retention(limits: Limits(bytes: 45))) == ["1 MAX_STORAGE_GB", "2 MAX_STORAGE_GB"]
        )
        #expect(gone(Retention(), lacking: 11) == ["1 MIN_FREE_GB", "2 MIN_FREE_GB"])
        let yard = "of camera yard"
        #expect(
            gone(Retention(cameras: ["yard": Limits(clips: 1)])) == [
                "1 max_clips \(yard)", "3 max_clips \(yard)",
            ]
        )
        #expect(
            gone(Retention(cameras: ["yard": Limits(bytes: 29)])) == ["1 max_storage_gb \(yard)"]
        )
        #expect(
            gone(Retention(cameras: ["yard": Limits(age: Self.day * 5)])) == [
                "1 max_age_days \(yard)"
            ]
        )
    }

    @Test("A camera's own age takes the place of that for all")
    func ownAge() {
        let retention = Retention(
            limits: .init(age: Self.day * 2.5),
            cameras: ["yard": .init(age: Self.day * 30)]
        )
        #expect(gone(retention) == ["2 MAX_AGE_DAYS", "4 MAX_AGE_DAYS"])
    }

    @Test("What a camera's own limit takes counts for the limit of all")
    func both() {
        let retention = Retention(limits: .init(clips: 4), cameras: ["door": .init(clips: 1)])
        #expect(gone(retention) == ["2 max_clips of camera door", "4 max_clips of camera door"])
        #expect(gone(retention, lacking: 20).count == 2)
        #expect(gone(retention, lacking: 21).last == "1 MIN_FREE_GB")
    }

    @Test("For the room of one clip none goes in vain")
    func wholly() {
        #expect(gone(Retention(), lacking: 61, wholly: true).isEmpty)
        #expect(gone(Retention(), lacking: 60, wholly: true).count == 6)
        #expect(gone(Retention(), lacking: 61).count == 6)
    }

    @Test("A clip that is not counted in yet goes by number or age, not for room")
    func uncounted() {
        let clips = [clip("1", "yard", age: 9, bytes: 0), clip("2", "yard", age: 8)]
        func gone(_ limits: Retention.Limits, lacking: Int = 0) -> [String] {
            let held = holdings(clips, locked: 90)
            return Retention(limits: limits).expired(of: held, lacking: lacking, at: now)
                .map(\.clip.id)
        }
        #expect(gone(.init(), lacking: 5) == ["2"])
        #expect(gone(.init(bytes: 95)) == ["2"])
        #expect(gone(.init(clips: 1)) == ["1"])
        #expect(gone(.init(age: Self.day * 8.5)) == ["1"])
    }

    @Test("Next go those whose limit is nearest, and it is named")
    func next() {
        let retention = Retention(
            limits: .init(clips: 12, age: Self.day * 6.5),
            cameras: ["door": .init(bytes: 33)],
            minFree: 10
        )
        let next = retention.next(
            of: holdings(clips),
            DiskSpace(free: 60, total: 110),
            at: now,
            count: 5
        )
        let words = next.map { "\($0.clip.id) \($0.reason)" }
        let door = "max_storage_gb of camera door"
        #expect(
            words == ["1 MAX_AGE_DAYS", "2 \(door)", "4 \(door)", "5 \(door)", "3 MAX_AGE_DAYS"]
        )
        // Half full but for what must stay free, that is nearest for all.
        let full = DiskSpace(free: 11, total: 110)
        let first = Retention(minFree: 10).next(of: holdings(clips), full, at: now, count: 2)
        #expect(first.map { "\($0.clip.id) \($0.reason)" } == ["1 MIN_FREE_GB", "2 MIN_FREE_GB"])
    }
}
