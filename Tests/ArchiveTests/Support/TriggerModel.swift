/// The rules of triggers, told as plainly as they can be: times are whole seconds on an axis of their
/// own, and nothing is ever forgotten but what the rules say.
struct TriggerModel {
    struct Clip: Equatable {
        let id: String
        let camera: String
        let start: Int
        var end: Int
        var label: String?
        var note: String?
        var number: Int?
        var isRecording = true
    }

    struct Wish: Hashable {
        enum Overlap: CaseIterable { case separate, extend, reject }

        let cameras: [String]
        let overlap: Overlap
        let start: Int
        let end: Int
        let label: String?
        let note: String?
        let number: Int?
    }

    enum Fate: Equatable {
        case new
        case longer(String)
        case refused(because: String)
    }

    private struct Memory {
        let wish: Wish
        let ids: [String]
        let time: Int
    }

    static let longest = 120
    private static let day = 86_400

    private(set) var clips: [String: Clip] = [:]
    private var memories: [String: Memory] = [:]

    /// What a key stands for: nil for nothing, else whether it was used for this wish, and the ids.
    func memory(of key: String, for wish: Wish, at time: Int) -> (isSame: Bool, ids: [String])? {
        guard let memory = memories[key], time - memory.time < Self.day else { return nil }
        return (memory.wish == wish, memory.ids.filter { clips[$0] != nil })
    }

    /// What must become of a wish at one camera.
    func fate(of wish: Wish, at camera: String) -> Fate {
        let running = clips.values.filter { $0.camera == camera && $0.isRecording }
        let ordered = running.sorted { ($0.end, $0.id) < ($1.end, $1.id) }
        guard let latest = ordered.last else { return .new }
        switch wish.overlap {
        case .separate: return .new
        case .reject: return .refused(because: latest.id)
        case .extend:
            if wish.start < latest.start { return .new }
            if wish.end <= latest.end { return .longer(latest.id) }
            return wish.end - latest.start <= Self.longest ? .longer(latest.id) : .new
        }
    }

    /// Takes in what became of a wish: by camera, the id of its clip.
    mutating func accept(
        _ wish: Wish,
        as ids: [(camera: String, id: String)],
        key: String?,
        at time: Int
    ) {
        for (camera, id) in ids {
            var clip =
                clips[id]
                ?? Clip(id: id, camera: camera, start: wish.start, end: wish.end)
            clip.end = max(clip.end, wish.end)
            clip.label = clip.label ?? wish.label
            clip.note = clip.note ?? wish.note
            clip.number = clip.number ?? wish.number
            clips[id] = clip
        }
        if let key { memories[key] = Memory(wish: wish, ids: ids.map(\.id), time: time) }
    }

    mutating func finish(_ id: String) { clips[id]?.isRecording = false }

    mutating func delete(_ id: String) { clips[id] = nil }
}
