extension CameraStatus {
    private static let foreignFileTimes = """
        The storage's file system dates files by another clock, or by the second: when footage came is known by \
        when it was found, to some 30 ms. A local disk with ext4, XFS or Btrfs does better.
        """

    /// What the newest run's video is like; nil until there is any.
    package var profile: StreamProfile? {
        media == nil ? nil : profiler.profile
    }

    /// What hurts clips, and where recording differs from what was asked for: in sentences.
    package var warnings: [String] {
        guard let input, let plan else { return [] }
        return notices.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
            + StreamWarnings.list(profile: profile, input: input, plan: plan)
            + (hasForeignFileTimes ? [Self.foreignFileTimes] : [])
    }
}
