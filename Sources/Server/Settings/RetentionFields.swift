import Archive

/// The limits of what is kept as they stand in the environment or in a camera's entry, unchecked.
struct RetentionFields {
    var clips: Int?
    var days: Double?
    var gigabytes: Double?

    static let names: Set<String> = ["MAX_CLIPS", "MAX_AGE_DAYS", "MAX_STORAGE_GB", "MIN_FREE_GB"]
    private static let clipCounts = 1...10_000_000
    private static let ages = 0.001...36_500.0
    private static let sizes = 0.001...1_000_000.0
    private static let standardMinFree = 1.0
    /// As disks are sold.
    private static let gigabyte = 1e9

    /// What the settings say of all cameras.
    static func retention(_ reader: SettingsReader) throws(UsageError) -> Retention {
        let fields = RetentionFields(
            clips: try reader.integer("MAX_CLIPS", in: clipCounts),
            days: try reader.number("MAX_AGE_DAYS", in: ages, of: "days"),
            gigabytes: try reader.number("MAX_STORAGE_GB", in: sizes, of: "gigabytes")
        )
        let free = try reader.number("MIN_FREE_GB", in: 0...1_000_000, of: "gigabytes")
        return Retention(
            limits: try fields.limits { $0 },
            minFree: Int((free ?? standardMinFree) * gigabyte)
        )
    }

    /// - Parameter place: what an error says of the place, given a setting's name as in `names`.
    func limits(place: (_ name: String) -> String) throws(UsageError) -> Retention.Limits {
        if let clips, !Self.clipCounts.contains(clips) {
            throw UsageError(
                "\(place("MAX_CLIPS"))=\(clips) is not a whole number from 1 to 10000000"
            )
        }
        if let days, !Self.ages.contains(days) {
            throw UsageError(
                "\(place("MAX_AGE_DAYS"))=\(days) is not a number of days from 0.001 to 36500"
            )
        }
        if let gigabytes, !Self.sizes.contains(gigabytes) {
            throw UsageError(
                """
                \(place("MAX_STORAGE_GB"))=\(gigabytes) is not a number of gigabytes from 0.001 to \
                1000000
                """
            )
        }
        return Retention.Limits(
            clips: clips,
            age: days.map { .seconds($0 * 86_400) },
            bytes: gigabytes.map { Int($0 * Self.gigabyte) }
        )
    }
}
