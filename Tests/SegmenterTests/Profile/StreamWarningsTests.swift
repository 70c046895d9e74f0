import Testing

@testable import Segmenter

@Suite("Stream warnings")
struct StreamWarningsTests {
    private typealias Groups = StreamProfile.GroupsOfPictures

    private func warnings(
        _ profile: StreamProfile? = nil,
        video: String = "h264",
        audio: String? = "aac",
        from source: CameraSource = .rtsp(url: "rtsp://h/1"),
        format: String = "rtsp"
    ) -> [String] {
        var input = InputDescription(format: format, audioCodec: audio)
        if audio == "aac" { input.audioProfile = "LC" }
        input.video = InputDescription.Video(codec: video)
        if audio == "aac" { input.audioProfile = "LC" }
        return StreamWarnings.list(
            profile: profile,
            input: input,
            plan: RecordingPlan(for: input, from: source)
        )
    }

    private func profile(shortest: Double, longest: Double, open: Double = 0) -> StreamProfile {
        StreamProfile(
            frameRate: 25,
            groups: Groups(
                count: 3,
                median: .seconds(longest),
                shortest: .seconds(shortest),
                longest: .seconds(longest)
            ),
            openGroup: .seconds(open)
        )
    }

    @Test("A good stream has none")
    func none() {
        #expect(warnings(profile(shortest: 2, longest: 2)).isEmpty)
        #expect(warnings(profile(shortest: 4, longest: 4)).isEmpty)
        #expect(warnings(profile(shortest: 0.5, longest: 2)).isEmpty)
        #expect(warnings(nil, audio: nil).isEmpty)
    }

    @Test("Keyframes over four seconds apart: says how far, and what to set")
    func longGroups() {
        let found = warnings(profile(shortest: 5, longest: 5))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("Keyframes are 5 s apart: ") == true)
        #expect(found.first?.contains("to 2 s (50 frames)") == true)
        #expect(found.first?.contains("smart codec") == false)
    }

    @Test("Uneven or very long groups point at a smart codec")
    func smartCodec() {
        let uneven = warnings(profile(shortest: 2, longest: 7.96))
        #expect(uneven.count == 1)
        #expect(uneven.first?.contains("uneven intervals, up to 8 s") == true)
        #expect(uneven.first?.contains("H.264+") == true)
        let long = warnings(profile(shortest: 12.5, longest: 12.5))
        #expect(long.first?.contains("12.5 s apart") == true)
        #expect(long.first?.contains("H.264+") == true)
    }

    @Test("A second keyframe that does not come is warned of before it does")
    func openGroup() {
        let found = warnings(StreamProfile(frameRate: 15, openGroup: .seconds(9)))
        #expect(found.first?.contains("9 s apart") == true)
        #expect(found.first?.contains("(30 frames)") == true)
    }

    @Test("B-frames, a variable rate and H.265 are each named")
    func streams() {
        #expect(warnings(StreamProfile(hasBFrames: true)).first?.contains("B-frames") == true)
        let variable = StreamProfile(frameRate: 12.34, hasVariableRate: true)
        #expect(warnings(variable).first?.contains("(12.3 a second on average)") == true)
        #expect(warnings(video: "hevc").first?.contains("H.265") == true)
    }

    @Test("What is wrong with the keyframes of video that is encoded here does not matter")
    func encoded() {
        let bad = StreamProfile(hasVariableRate: true, openGroup: .seconds(9), hasBFrames: true)
        #expect(warnings(bad, video: "mpeg4", audio: nil).isEmpty)
    }

    @Test(
        "Sound that has to be encoded is named, with what that costs",
        arguments: [
            ("pcm_alaw", "G.711"), ("pcm_mulaw", "G.711"), ("adpcm_g726le", "G.726"),
            ("opus", "opus"),
        ]
    )
    func sound(_ codec: String, _ name: String) {
        let found = warnings(audio: codec)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("The sound is \(name),") == true)
        #expect(found.first?.contains("next to nothing") == true)
    }

    @Test("A raw microphone's sound is nobody's fault")
    func rawSound() {
        #expect(warnings(audio: "pcm_s16le").isEmpty)
    }

    @Test("Missing timestamps are named, those of MJPEG over HTTP as what they are")
    func timestamps() {
        #expect(warnings(format: "h264").first?.contains("no timestamps") == true)
        let mjpeg = warnings(
            video: "mjpeg",
            audio: nil,
            from: .http(url: "http://h/"),
            format: "mpjpeg"
        )
        #expect(mjpeg.count == 1)
        #expect(mjpeg.first?.contains("stamped as they arrive") == true)
    }

    @Test("The worst comes first")
    func order() {
        let all = warnings(
            profile(shortest: 2, longest: 8),
            video: "hevc",
            audio: "pcm_mulaw",
            format: "hevc"
        )
        let signs = ["timestamps", "H.265,", "Keyframes", "G.711"]
        #expect(all.count == signs.count)
        for (warning, sign) in zip(all, signs) { #expect(warning.contains(sign)) }
    }
}
