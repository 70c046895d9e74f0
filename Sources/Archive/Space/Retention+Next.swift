import Segmenter

extension Retention {
    /// The clips that will go next, by the limit that each is nearest to, the nearest first.
    ///
    /// - Parameters:
    ///   - disk: free without what is reserved.
    func next(of holdings: Holdings, _ disk: DiskSpace, at now: Timestamp, count: Int) -> [Expiry] {
        let whole = holdings.tallies.values.reduce(SpaceTally(), +)
        let room = Double(disk.total - disk.free) / Double(max(1, disk.total - minFree))
        let common = Self.fullness(of: whole, by: limits, camera: nil) + [(.room, room)]
        let ranked = holdings.clips.map { clip in
            let own = cameras[clip.camera]
            let tally = holdings.tallies[clip.camera] ?? SpaceTally()
            var all = common + Self.fullness(of: tally, by: own ?? Limits(), camera: clip.camera)
            if let age = own?.age ?? limits.age {
                let part = (now - clip.timestamp) / age
                all.append((.age(camera: own?.age == nil ? nil : clip.camera), part))
            }
            let nearest = all.max { $0.fullness < $1.fullness }!
            return (Expiry(clip: clip, reason: nearest.reason), nearest.fullness)
        }
        return ranked.sorted { left, right in
            (-left.1, left.0.clip.timestamp, left.0.clip.id)
                < (-right.1, right.0.clip.timestamp, right.0.clip.id)
        }.prefix(count).map(\.0)
    }

    /// How much of each limit is used, as a part of 1.
    private static func fullness(
        of tally: SpaceTally,
        by limits: Limits,
        camera: String?
    ) -> [(reason: Reason, fullness: Double)] {
        var parts: [(reason: Reason, fullness: Double)] = []
        if let most = limits.clips {
            parts.append((.clips(camera: camera), Double(tally.clips) / Double(most)))
        }
        if let most = limits.bytes {
            parts.append((.storage(camera: camera), Double(tally.real) / Double(most)))
        }
        return parts
    }
}
