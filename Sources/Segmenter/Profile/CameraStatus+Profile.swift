extension CameraStatus {
    /// What the newest run's video is like; nil until there is any.
    package var profile: StreamProfile? {
        media == nil ? nil : profiler.profile
    }

    /// What in the stream hurts clips, in words.
    package var warnings: [String] {
        guard let input, let plan else { return [] }
        return StreamWarnings.list(profile: profile, input: input, plan: plan)
    }
}
