import Segmenter

/// What has to happen so that one list of cameras becomes another.
struct FleetDifference: Equatable {
    /// In the new list's order.
    let added: [CameraConfiguration]
    /// As they are to be, in the new list's order.
    let changed: [CameraConfiguration]
    /// Ids, in the old list's order.
    let removed: [String]

    /// - Parameters: lists in which no id stands twice. Their order is no difference.
    init(from old: [CameraConfiguration], to new: [CameraConfiguration]) {
        let known = Dictionary(uniqueKeysWithValues: old.map { ($0.id, $0) })
        let wanted = Set(new.map(\.id))
        added = new.filter { known[$0.id] == nil }
        changed = new.filter { camera in known[camera.id].map { $0 != camera } ?? false }
        removed = old.map(\.id).filter { !wanted.contains($0) }
    }

    /// `cameras added: a, b; removed: c`; nil when there is no difference.
    var words: String? {
        let parts = [
            ("added", added.map(\.id)), ("changed", changed.map(\.id)), ("removed", removed),
        ]
        let told = parts.filter { !$0.1.isEmpty }
            .map { "\($0.0): \($0.1.joined(separator: ", "))" }
        return told.isEmpty ? nil : "cameras " + told.joined(separator: "; ")
    }
}
