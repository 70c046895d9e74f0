import Archive
import Segmenter

/// How much of their buffers rings may hold: less while the disk is nearly full, so that clips have room.
struct RingDiet: Equatable {
    /// What a trigger needs by default: rings hold it as long as the disk is not as good as full.
    private static let usual = Duration.seconds(30)
    /// What rings hold in any case.
    private static let least = Duration.seconds(10)
    /// With less than this free beyond what is reserved, the disk is as good as full.
    private static let hardlyAny = 16 << 20

    /// How often the buffers have been halved.
    private var halvings = 0
    /// The disk is as good as full.
    private var isHard = false

    var isOn: Bool { halvings > 0 }

    /// How much a ring may hold that is to hold `buffer`.
    func allowance(of buffer: Duration) -> Duration {
        max(min(buffer, isHard ? Self.least : Self.usual), buffer / Double(1 << halvings))
    }

    /// Whether there is too little room.
    static func isShort(_ room: Room) -> Bool {
        room.spare < 0 || room.free < hardlyAny
    }

    /// Takes notice of how much room there is.
    ///
    /// - Parameters:
    ///   - longest: what the largest ring is to hold.
    ///   - growth: what the rings would take beside what they have if they held twice as much, bytes.
    mutating func look(_ room: Room, longest: Duration, growth: Int) {
        if Self.isShort(room) {
            isHard = room.free < Self.hardlyAny
            let floor = min(longest, isHard ? Self.least : Self.usual)
            if allowance(of: longest) > floor { halvings += 1 }
        } else if isOn, room.spare > growth + 2 * Self.hardlyAny {
            if isHard { isHard = false } else { halvings -= 1 }
        }
    }
}
