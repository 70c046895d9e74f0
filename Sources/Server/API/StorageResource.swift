import Archive

/// The storage as health shows it, in bytes.
struct StorageResource: Encodable {
    struct Clips: Encodable {
        /// As if no file were shared.
        let apparent: Int
        /// What they take: files that several clips hold count once.
        let real: Int
    }

    let free: Int
    let total: Int
    /// What clips that are not finished may still take.
    let reserved: Int
    let clips: Clips

    init(_ state: StorageState) {
        free = state.disk.free
        total = state.disk.total
        reserved = state.reserved
        clips = Clips(apparent: state.clips.apparent, real: state.clips.real)
    }
}
