import Segmenter

/// Which clips may stay: what is set, and what follows from it.
///
/// Only finished clips that are not locked ever go, those of the oldest events first.
package struct Retention: Sendable, Equatable {
    package struct Limits: Sendable, Equatable {
        package var clips: Int?
        /// Since the event.
        package var age: Duration?
        /// On the disk: what clips share counts once.
        package var bytes: Int?

        package init(clips: Int? = nil, age: Duration? = nil, bytes: Int? = nil) {
            self.clips = clips
            self.age = age
            self.bytes = bytes
        }
    }

    /// A clip that goes, and the limit that says so.
    package struct Expiry: Sendable, Equatable {
        package let clip: ExpendableClip
        package let reason: Reason
    }

    package enum Reason: Sendable, Hashable {
        /// The camera is given where the limit is its own.
        case clips(camera: String?)
        case age(camera: String?)
        case storage(camera: String?)
        case room
    }

    /// For all cameras together; the age for each that has none of its own.
    package var limits: Limits
    /// By the camera's id, beside those for all; its age takes the place of that for all.
    package var cameras: [String: Limits]
    /// How much of the disk stays free, bytes, beside what is reserved.
    package var minFree: Int

    package init(limits: Limits = .init(), cameras: [String: Limits] = [:], minFree: Int = 0) {
        self.limits = limits
        self.cameras = cameras
        self.minFree = minFree
    }

    /// The clips that have to go.
    ///
    /// - Parameters:
    ///   - lacking: how many bytes of the disk there are too few.
    ///   - wholly: for room, clips go only if they make all that is lacking.
    func expired(
        of holdings: Holdings,
        lacking: Int,
        wholly: Bool = false,
        at now: Timestamp
    ) -> [Expiry] {
        var tallies = holdings.tallies
        var gone: [Expiry] = []
        // What a camera's own limits take may be enough for those of all.
        var kept: [ExpendableClip] = []
        for clip in holdings.clips {
            let tally = tallies[clip.camera] ?? SpaceTally()
            guard let reason = ownReason(for: clip, tally, at: now) else {
                kept.append(clip)
                continue
            }
            gone.append(Expiry(clip: clip, reason: reason))
            tallies[clip.camera] = tally.without(clip)
        }
        var tally = tallies.values.reduce(SpaceTally(), +)
        var lacking = lacking - gone.reduce(0) { $0 + $1.clip.bytes }
        if wholly, kept.reduce(0, { $0 + $1.bytes }) < lacking { lacking = 0 }
        for clip in kept {
            guard let reason = reason(for: clip, tally, lacking) else { continue }
            gone.append(Expiry(clip: clip, reason: reason))
            tally = tally.without(clip)
            lacking -= clip.bytes
        }
        return gone
    }

    /// By age, or by a limit of the clip's camera alone.
    private func ownReason(
        for clip: ExpendableClip,
        _ tally: SpaceTally,
        at now: Timestamp
    ) -> Reason? {
        let own = cameras[clip.camera]
        if let age = own?.age ?? limits.age, now - clip.timestamp > age {
            return .age(camera: own?.age == nil ? nil : clip.camera)
        }
        if let most = own?.clips, tally.clips > most { return .clips(camera: clip.camera) }
        // One of which nobody knows yet what it takes would go in vain.
        if let most = own?.bytes, tally.real > most, clip.bytes > 0 {
            return .storage(camera: clip.camera)
        }
        return nil
    }

    private func reason(
        for clip: ExpendableClip,
        _ tally: SpaceTally,
        _ lacking: Int
    ) -> Reason? {
        if let most = limits.clips, tally.clips > most { return .clips(camera: nil) }
        if clip.bytes == 0 { return nil }
        if let most = limits.bytes, tally.real > most { return .storage(camera: nil) }
        return lacking > 0 ? .room : nil
    }
}

extension SpaceTally {
    fileprivate func without(_ clip: ExpendableClip) -> SpaceTally {
        SpaceTally(clips: clips - 1, apparent: apparent, real: real - clip.bytes)
    }
}

extension Retention.Reason: CustomStringConvertible {
    /// The setting's name, or the field's in CAMERAS_FILE.
    package var description: String {
        switch self {
        case .clips(nil): "MAX_CLIPS"
        case .age(nil): "MAX_AGE_DAYS"
        case .storage(nil): "MAX_STORAGE_GB"
        case .room: "MIN_FREE_GB"
        case .clips(let camera?): "max_clips of camera \(camera)"
        case .age(let camera?): "max_age_days of camera \(camera)"
        case .storage(let camera?): "max_storage_gb of camera \(camera)"
        }
    }
}
