import Segmenter

/// What `hindsight probe` prints for people.
enum ProbeReport {
    static func lines(_ camera: CameraConfiguration, _ status: CameraStatus) -> [String] {
        var rows = [("camera", camera.source.description)]
        if let reason = status.reason {
            rows.append((status.state.isRecording ? "note" : "fails", reason))
        }
        if let media = status.media {
            if let video = media.video { rows.append(("video", describe(video, status))) }
            rows.append(("sound", describe(media.audio, status)))
        }
        if let profile = status.profile {
            rows.append(("keyframes", keyframes(profile)))
            rows.append(("B-frames", profile.hasBFrames ? "yes" : "no"))
            if let bitrate = profile.bitrate { rows.append(("bit rate", rate(bitrate))) }
        }
        if let figure = status.clock?.drift {
            let drift = Int(figure.rounded())
            rows.append(("clock", "\(abs(drift)) ppm \(drift < 0 ? "slow" : "fast")"))
        }
        if let lag = status.lag { rows.append(("lag", "\(number(lag.seconds)) s behind")) }
        rows += status.warnings.map { ("warning", $0) }
        if status.state.isRecording && status.warnings.isEmpty {
            rows.append(("warnings", "none"))
        }
        return rows.map { name, text in
            name + String(repeating: " ", count: 11 - name.count) + text
        }
    }

    /// `h264 High@4.0 (avc1.640028), 1920×1080, 25 fps, copied`
    private static func describe(_ video: Track, _ status: CameraStatus) -> String {
        var facts = [codec(video, status.input?.video?.codec, status.plan?.video)]
        if case .video(let width, let height) = video.kind { facts.append("\(width)×\(height)") }
        if let profile = status.profile, let rate = profile.frameRate {
            facts.append("\(number(rate)) fps\(profile.hasVariableRate ? " on average" : "")")
        }
        return facts.joined(separator: ", ")
    }

    private static func describe(_ audio: Track?, _ status: CameraStatus) -> String {
        guard let audio else { return "none" }
        return codec(audio, status.input?.audioCodec, status.plan?.audio)
    }

    /// What the camera sends and what it is recorded as.
    private static func codec(
        _ track: Track,
        _ source: String?,
        _ treatment: RecordingPlan.Treatment?
    ) -> String {
        var recorded = track.codec
        if let profile = track.profile {
            recorded += (profile.name.map { " " + $0 } ?? "") + " (\(profile.codecs))"
        }
        return treatment == .encode
            ? "\(source ?? "unknown"), encoded as \(recorded)" : "\(recorded), copied"
    }

    static func keyframes(_ profile: StreamProfile) -> String {
        guard let groups = profile.groups else {
            return "none for \(number(profile.openGroup.seconds)) s"
        }
        let longest = profile.longestGroup
        return groups.vary || longest > groups.longest
            ? "every \(number(groups.shortest.seconds)) to \(number(longest.seconds)) s"
            : "every \(number(groups.median.seconds)) s"
    }

    static func rate(_ bitrate: Int) -> String {
        bitrate < 1_000_000
            ? "\((bitrate + 500) / 1000) kb/s" : "\(number(Double(bitrate) / 1_000_000)) Mb/s"
    }

    /// With up to two decimals.
    private static func number(_ value: Double) -> String {
        let text = String(value.rounded(places: 2))
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
