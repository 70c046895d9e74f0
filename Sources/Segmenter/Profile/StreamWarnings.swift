/// What in a camera's stream hurts clips, and what to do about it: sentences for people.
package enum StreamWarnings {
    private static let longGroup = Duration.seconds(4)
    /// Longer than a camera's settings usually offer: its encoder stretches it by itself.
    private static let veryLongGroup = Duration.seconds(10)

    /// The warnings, the worst first.
    ///
    /// - Parameters:
    ///   - profile: what was measured of the recording; nil before there is any.
    ///   - input: what the source said it sends.
    ///   - plan: what becomes of it.
    package static func list(
        profile: StreamProfile?,
        input: InputDescription,
        plan: RecordingPlan
    ) -> [String] {
        var warnings: [String] = []
        if plan.stampsArrival {
            warnings.append(
                """
                Frames carry no timestamps and are stamped as they arrive: delays of the network show \
                as uneven motion. An RTSP stream of this camera, if it has one, is better.
                """
            )
        } else if !input.isTimedFormat {
            warnings.append(
                """
                Frames carry no timestamps: their times are guessed, and clips may be cut wrongly. \
                Update the camera's firmware, or use another of its streams.
                """
            )
        }
        // Where the video is encoded here, its keyframes and the order of its frames are ours.
        if plan.video == .copy {
            if plan.isHEVC { warnings.append(hevc) }
            if let profile { warnings += measured(profile) }
        }
        if plan.audio == .encode, plan.lessons.sound == .recorded, let codec = input.audioCodec,
            let warning = audio(codec, hasConfiguration: input.audioProfile != nil)
        {
            warnings.append(warning)
        }
        return warnings
    }

    private static let hevc = """
        The video is H.265, which many browsers cannot play (the clips are whole all the same, and other \
        players take them). Set the camera to H.264 to watch anywhere.
        """

    private static func measured(_ profile: StreamProfile) -> [String] {
        var warnings: [String] = []
        if let warning = groups(profile) { warnings.append(warning) }
        if profile.hasBFrames {
            warnings.append(
                """
                The stream has B-frames: frames come late and out of order, and a clip holds some \
                from beyond its end, hidden. Turn B-frames off in the camera, or choose the Baseline \
                profile.
                """
            )
        }
        if profile.hasVariableRate {
            let rate = profile.frameRate.map { " (\(number($0)) a second on average)" } ?? ""
            warnings.append(
                """
                The frame rate varies\(rate): a clip's ends are exact to one frame, and that may be a \
                long one. Set a fixed rate, and no exposure time longer than a frame.
                """
            )
        }
        return warnings
    }

    private static func groups(_ profile: StreamProfile) -> String? {
        let longest = profile.longestGroup
        guard longest > longGroup else { return nil }
        let frames = profile.frameRate.map { " (\(Int((2 * $0).rounded())) frames)" } ?? ""
        let remedy = "set the keyframe interval (GOP, I-frame interval) to 2 s\(frames)"
        let harm = "live view and seeking start late, and clips hold that much more, hidden"
        if let groups = profile.groups, groups.vary {
            return """
                Keyframes come at uneven intervals, up to \(number(longest.seconds)) s, as a smart \
                codec sends them (H.264+, H.265+, Zipstream): \(harm). Turn that off in the camera, \
                and \(remedy).
                """
        }
        let cause =
            longest > veryLongGroup
            ? "Turn a smart codec (H.264+, H.265+, Zipstream) off in the camera, and \(remedy)."
            : "In the camera, \(remedy)."
        return "Keyframes are \(number(longest.seconds)) s apart: \(harm). \(cause)"
    }

    /// Sound in no codec at all, such as a microphone's or the test pattern's, has to be encoded anyway.
    private static func audio(_ codec: String, hasConfiguration: Bool) -> String? {
        let name: String
        switch codec {
        case "aac" where hasConfiguration: return nil
        case "aac":
            return """
                The camera does not say how its AAC is configured, and players need that: it is encoded \
                anew. Update the camera's firmware, or set its sound to G.711.
                """
        case "pcm_alaw", "pcm_mulaw": name = "G.711"
        case _ where codec.hasPrefix("pcm_"): return nil
        case _ where codec.hasPrefix("adpcm_g726"): name = "G.726"
        default: name = codec
        }
        return """
            The sound is \(name), which players of MP4 do not take: it is encoded as AAC, which costs \
            next to nothing. If the camera offers AAC, choose it for better sound.
            """
    }

    /// With one decimal where it has any: `2`, `2.4`.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
