import Testing

@testable import Segmenter

@Suite("Run planner")
struct RunPlannerTests {
    private static let rtsp = CameraSource.rtsp(url: "rtsp://192.0.2.7/")
    private static let http = CameraSource.http(url: "http://192.0.2.7/")
    private static let unset =
        "[hls @ 0x55aa] [warning] Timestamps are unset in a packet for stream 0. This is deprecated"
    private static let disorder =
        "[hls @ 0x562a] [warning] Non-monotonous DTS in output stream 0:0; previous: 9, current: 9;"

    /// A planner behind a reference, so that what changes it can stand within an expectation.
    private final class Planner {
        private var planner: RunPlanner

        init(_ camera: CameraConfiguration) {
            planner = RunPlanner(for: camera)
            planner.begin()
        }

        var plan: RecordingPlan { planner.plan }
        var notices: [String] { planner.notices }
        var input: InputDescription? { planner.input }

        var heldFrames: Int { planner.heldFrames }
        var wantsBeginning: Bool { planner.wantsBeginning }

        func learn(_ beginning: StreamBeginning) { planner.learn(beginning) }

        func begin(formats: V4L2Formats? = nil) {
            planner.begin(formats: formats)
        }

        @discardableResult
        func take(_ line: String, age: Duration = .seconds(5)) -> RunPlanner.Verdict {
            planner.take(line, found: nil, age: age)
        }

        @discardableResult
        func learn(_ finding: RunPlanner.Finding) -> RunPlanner.Verdict {
            planner.learn(finding)
        }

        func tick(_ age: Duration) -> RunPlanner.Verdict { planner.tick(age: age) }

        @discardableResult
        func find(_ input: InputDescription) -> RunPlanner.Verdict {
            planner.take("", found: input, age: .seconds(1))
        }
    }

    private func planner(
        _ source: CameraSource,
        _ encoding: CameraConfiguration.Encoding = .init()
    ) -> Planner {
        Planner(CameraConfiguration(id: "door", source: source, encoding: encoding))
    }

    private func input(
        _ codec: String,
        audio: String? = nil,
        hasTimestamps: Bool = true
    ) -> InputDescription {
        InputDescription(
            format: codec == "mjpeg" ? "mpjpeg" : nil,
            video: .init(codec: codec, width: 640, height: 360),
            audioCodec: audio,
            hasTimestamps: hasTimestamps
        )
    }

    @Test("A source that differs from the guess is planned anew once, and remembered")
    func replans() {
        let planner = planner(Self.http)
        #expect(planner.find(input("h264")) == .replan)
        planner.begin()
        #expect(planner.plan.video == .copy)
        #expect(planner.find(input("h264")) == .goOn)
        #expect(planner.notices.isEmpty)
    }

    private static let size = PictureSize(width: 640, height: 360)

    @Test("What a look at the first bytes showed spares the run that guesses")
    func beginnings() {
        let pictures = planner(Self.http)
        #expect(pictures.wantsBeginning)
        pictures.learn(.pictures(.init(haveLengths: false, size: Self.size)))
        pictures.begin()
        #expect(pictures.plan.lessons.readsBareJPEG)
        #expect(pictures.find(input("mjpeg")) == .goOn)
        #expect(!pictures.wantsBeginning)
        let other = planner(Self.http)
        other.learn(.other)
        other.begin()
        #expect(other.find(input("h264")) == .goOn)
        #expect(!planner(Self.rtsp).wantsBeginning)
    }

    @Test("Multipart that ffmpeg's reader stumbles over is read as bare pictures from then on")
    func stumbling() {
        let planner = planner(Self.http)
        planner.learn(.pictures(.init(haveLengths: true, size: Self.size)))
        planner.begin()
        planner.find(input("mjpeg"))
        let complaint = "[mpjpeg @ 0x55] [error] Expected boundary '--' not found, instead found"
        #expect(planner.take(complaint) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.readsBareJPEG)
        #expect(planner.take(complaint) == .goOn)
    }

    @Test("Pictures of another size are said, and the next run is planned for them")
    func otherSize() {
        let planner = planner(Self.http)
        planner.learn(.pictures(.init(haveLengths: true, size: Self.size)))
        planner.begin()
        planner.find(input("mjpeg"))
        let line =
            "[graph 0 input from stream 0:0 @ 0x5] [info] filter context - w: 640 h: 360 fmt: 12, "
        let rest = " fmt: 12 pts_time: 1.2"
        #expect(planner.take(line + "incoming frame - w: 800 h: 600" + rest) == .goOn)
        #expect(planner.notices.count == 1)
        planner.begin()
        #expect(planner.plan.pictureSize == PictureSize(width: 800, height: 600))
        #expect(planner.notices.isEmpty)
        #expect(planner.take(line + "incoming frame - w: 800 h: 600" + rest) == .goOn)
        #expect(planner.notices.isEmpty)
    }

    @Test("Pictures too large to decode end the run in words; in a run that has others they do not")
    func hugePictures() {
        let complaint =
            "[IMGUTILS @ 0x7f] [error] Picture size 16000x16000 exceeds specified max pixel count 4"
        let planner = planner(Self.http)
        planner.take(complaint)
        let nothing = InputDescription(format: "mpjpeg", video: .init(codec: "mjpeg"))
        guard case .restart(let reason) = planner.find(nothing) else {
            Issue.record("it goes on")
            return
        }
        #expect(reason.hasPrefix("the camera's pictures have more than 40 million pixels"))
        planner.begin()
        planner.find(input("mjpeg"))
        #expect(planner.take(complaint) == .goOn)
    }

    @Test("What is read as bare pictures and is none is looked at anew")
    func noPictures() {
        let planner = planner(Self.http)
        planner.learn(.pictures(.init(haveLengths: false, size: Self.size)))
        planner.begin()
        let nothing = InputDescription(format: "mjpeg", video: .init(codec: "mjpeg"))
        guard case .restart = planner.find(nothing) else {
            Issue.record("it goes on")
            return
        }
        #expect(planner.wantsBeginning)
    }

    @Test(
        "An encoder that cannot be opened gives way to libx264, with the reason",
        arguments: [
            (
                .vaapi, ["[error] Device creation failed: -542398533."],
                "Device creation failed: -542398533."
            ),
            (
                .vaapi,
                [
                    "[AVHWDeviceContext @ 0x563d] [error] No VA display found for device /dev/dri/renderD128.",
                    "[error] Device creation failed: -22.",
                ],
                "No VA display found for device /dev/dri/renderD128."
            ),
            (
                .qsv,
                [
                    "[h264_qsv @ 0x55e0] [error] Error initializing an internal MFX session: unsupported (-3)",
                    "[error] Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0 - maybe incorrect parameters",
                ],
                "Error initializing an internal MFX session: unsupported (-3)"
            ),
            (
                .nvenc,
                [
                    "[h264_nvenc @ 0x563d] [error] Cannot load libcuda.so.1",
                    "[error] Error initializing output stream 0:0 -- Error while opening encoder for output stream #0:0",
                ],
                "Cannot load libcuda.so.1"
            ),
            (
                .v4l2m2m,
                [
                    "[h264_v4l2m2m @ 0x5602] [error] Could not find a valid device",
                    "[h264_v4l2m2m @ 0x5602] [error] can't configure encoder",
                    "[vost#0:0/h264_v4l2m2m @ 0x5] [error] Error while opening encoder - maybe incorrect parameters",
                ],
                "Could not find a valid device"
            ),
            (
                .nvenc, ["[fatal] Unknown encoder 'h264_nvenc'"], "Unknown encoder 'h264_nvenc'"
            ),
        ] as [(VideoEncoder, [String], String)]
    )
    func encoder(_ encoder: VideoEncoder, _ lines: [String], _ reason: String) throws {
        let planner = planner(.testPattern, .init(encoder: encoder))
        for line in lines.dropLast() {
            #expect(planner.take(line) == .goOn)
        }
        let last = try #require(lines.last)
        #expect(planner.take(last) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.encoder == .libx264)
        #expect(
            planner.notices == [
                "\(encoder.rawValue) cannot be used (\(reason)): libx264 encodes instead, "
                    + "which costs CPU"
            ]
        )
        // There is nothing left to give way to.
        #expect(planner.take(last) == .goOn)
    }

    @Test("libx264's own failure is no reason to try it again")
    func libx264() {
        let planner = planner(.testPattern)
        let line = "[error] Error while opening encoder for output stream #0:0"
        #expect(planner.take(line) == .goOn)
    }

    @Test("Nothing is said of an encoder that turns out to be unneeded")
    func unneededEncoder() {
        let planner = planner(Self.http, .init(encoder: .vaapi))
        let line = "[error] Device creation failed: -542398533."
        #expect(planner.take(line) == .replan)
        planner.begin()
        #expect(planner.find(input("h264")) == .replan)
        planner.begin()
        #expect(planner.notices.isEmpty)
    }

    @Test("A camera that refuses TCP is read over UDP from then on")
    func udp() {
        let line = "[rtsp @ 0x55c1] [error] method SETUP failed: 461 Unsupported transport"
        let planner = planner(Self.rtsp)
        #expect(planner.take(line) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.usesUDP)
        #expect(planner.notices.count == 1 && planner.notices[0].contains("UDP"))
        #expect(planner.take(line) == .goOn)
    }

    @Test("Video without timestamps is stamped as it arrives")
    func missingTimestamps() {
        let planner = planner(Self.http)
        let found = input("h264", hasTimestamps: false)
        #expect(planner.find(found) == .replan)
        planner.begin()
        #expect(planner.find(found) == .goOn)
        #expect(planner.take(Self.unset) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.stampsPackets)
        #expect(planner.notices.count == 1 && planner.notices[0].contains("no timestamps"))
        // Bursts arrive in the same instant: with arrival times that is nothing new.
        for _ in 0..<50 {
            #expect(planner.take(Self.disorder) == .goOn)
        }
    }

    @Test("The first packet's missing timestamp, as of most RTSP cameras, means nothing")
    func firstTimestamp() {
        for source in [Self.rtsp, Self.http] {
            let planner = planner(source)
            planner.find(input("h264"))
            planner.begin()
            #expect(planner.find(input("h264")) == .goOn)
            #expect(planner.take(Self.unset) == .goOn)
            #expect(planner.take(Self.disorder) == .goOn)
        }
    }

    @Test(
        "Timestamps at a wrong pace give way to the moments of arrival, with the pace named",
        arguments: [
            (1.4, "1.4"), (2.0, "2.0"), (10.49, "10"), (0.7012, "0.7"), (0.01111, "0.011"),
        ]
    )
    func wrongPace(_ ratio: Double, _ words: String) {
        let planner = planner(Self.rtsp)
        planner.find(input("h264"))
        #expect(planner.learn(.wrongPace(ratio: ratio)) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.stampsPackets)
        #expect(planner.notices.count == 1 && planner.notices[0].contains("run \(words) times"))
        // There is nothing left to learn.
        #expect(planner.learn(.wrongPace(ratio: ratio)) == .goOn)
    }

    @Test(
        "With B-frames a wrong pace is corrected by its ratio, and if that does not do, by encoding"
    )
    func wrongPaceOfBFrames() {
        let planner = planner(Self.rtsp)
        planner.find(input("h264"))
        #expect(planner.learn(.wrongPace(ratio: 2, hasBFrames: true)) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.timeScale == 0.5 && !planner.plan.lessons.stampsPackets)
        #expect(planner.learn(.wrongPace(ratio: 1.4, hasBFrames: true)) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.timeScale == nil && planner.plan.lessons.stampsPackets)
        #expect(planner.plan.video == .encode)
    }

    @Test("Announced sound that holds the header back is done without")
    func silentSound() {
        let planner = planner(Self.rtsp)
        planner.find(input("h264", audio: "pcm_alaw"))
        planner.begin()
        planner.find(input("h264", audio: "pcm_alaw"))
        #expect(planner.tick(.seconds(2)) == .goOn)
        #expect(planner.tick(.seconds(4)) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.sound == .awaited)
        #expect(planner.notices.count == 1 && planner.notices[0].contains("sends none"))
        #expect(
            planner.take("0,          0,          0,      160,      160, 0x5a1b2c3d")
                == .change(reason: "the camera sends sound now: starting it again")
        )
        planner.begin()
        #expect(planner.plan.lessons.sound == .recorded && planner.notices.isEmpty)
    }

    @Test("Video that begins long after the sound is waited for, without the sound")
    func lateVideo() {
        let line =
            "[rtsp @ 0x5] [warning] Could not find codec parameters for stream 0 (Video: h264, none): "
            + "unspecified size"
        let planner = planner(Self.rtsp)
        #expect(planner.take(line) == .goOn)
        #expect(planner.find(input("h264", audio: "pcm_alaw")) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.awaitsVideo && planner.plan.lessons.sound == .ignored)
        #expect(planner.notices.count == 1)
    }

    @Test("Video that comes, but says only later how it is decoded, keeps its sound")
    func lateParameters() {
        let planner = planner(Self.rtsp)
        planner.take("[h264 @ 0x5] [error] non-existing PPS 0 referenced")
        planner.take(
            "[warning] Could not find codec parameters for stream 0 (Video: h264): unspecified size"
        )
        #expect(planner.find(input("h264", audio: "aac")) == .replan)
        planner.begin()
        #expect(planner.plan.lessons.awaitsVideo && planner.plan.lessons.sound == .recorded)
    }

    @Test("Sound and picture of different moments part")
    func soundOutOfStep() {
        let planner = planner(Self.rtsp)
        planner.find(input("h264", audio: "aac"))
        #expect(planner.learn(.soundOutOfStep(by: .milliseconds(2_340))) == .replan)
        #expect(
            planner.notices == [
                "the camera's sound and picture are 2.3 s apart: the sound is left out"
            ]
        )
    }

    @Test("What is no playlist any more is planned anew")
    func formerPlaylist() {
        let planner = planner(Self.http)
        var hls = input("h264")
        hls.format = "hls"
        planner.find(hls)
        planner.begin()
        #expect(planner.plan.isPlaylist)
        #expect(planner.take("[fatal] Option live_start_index not found.") == .replan)
    }

    @Test("Timestamps that jump back cost a run; those that always do are replaced")
    func disorder() {
        func verdict(_ planner: Planner, _ age: Duration) -> RunPlanner.Verdict {
            planner.begin()
            planner.find(input("h264"))
            for _ in 0..<30 {
                let verdict = planner.take(Self.disorder, age: age)
                if verdict != .goOn { return verdict }
            }
            return .goOn
        }
        let planner = planner(Self.rtsp)
        let restart = RunPlanner.Verdict.restart(
            reason: "the camera's timestamps jumped back: starting it again"
        )
        #expect(verdict(planner, .seconds(3600)) == restart)
        // Another jump, an hour later.
        #expect(verdict(planner, .seconds(3600)) == restart)
        #expect(verdict(planner, .seconds(5)) == .replan)
        #expect(planner.plan.lessons.stampsPackets)
    }

    @Test("Sound that appears under way is taken up by a new run, but only once")
    func newSound() {
        let line = "[mpegts @ 0x55ac] [warning] New audio stream 0:1 at pos:751624 and DTS:1.4s"
        let planner = planner(Self.http)
        planner.find(input("h264"))
        planner.begin()
        planner.find(input("h264"))
        #expect(
            planner.take(line)
                == .change(reason: "the camera sends sound now: starting it again")
        )
        planner.begin()
        planner.find(input("h264"))
        #expect(planner.take(line) == .goOn)
    }

    @Test("Another codec under the same name is taken up by a new run")
    func newCodec() {
        let planner = planner(Self.rtsp)
        planner.find(input("h264"))
        let line = "[NULL @ 0x5643] [error] missing picture in access unit with size 2391"
        // Now and then, as of lost packets, it means nothing.
        for hour in 0..<100 {
            #expect(planner.take(line, age: .seconds(3600 * hour)) == .goOn)
        }
        let verdicts = (0..<30).map { _ in planner.take(line, age: .seconds(400_000)) }
        #expect(
            verdicts.first { $0 != .goOn }
                == .restart(
                    reason: "what arrives is no longer the video that it was: starting it again"
                )
        )
        planner.begin()
        #expect(planner.input == nil)
    }

    @Test("A device that gives H.264 is asked for it and copied; one's own choice stands")
    func device() {
        let log = ["[v4l2 @ 0x2] [info] Compressed:        h264 :                H.264 : 1280x720"]
        let usb = CameraSource.usb(device: "/dev/video0")
        let chosen = planner(usb)
        chosen.begin(formats: V4L2Formats(log: log))
        #expect(chosen.plan.lessons.inputFormat == "h264")
        #expect(chosen.plan.video == .copy)
        #expect(chosen.find(input("h264")) == .goOn)
        let own = planner(usb, .init(pixelFormat: "yuyv422"))
        own.begin(formats: V4L2Formats(log: log))
        #expect(own.plan.lessons.inputFormat == "yuyv422")
        #expect(own.plan.video == .encode)
    }
}
