/// The ffmpeg command line of a run: a camera in, fragmented MP4 in the working directory out, a growing file
/// for every segment.
package enum RecordingArguments {
    /// How much video ffmpeg writes at once: so much later than its frames a clip can be ready.
    static let fragmentDuration = Duration.milliseconds(200)
    /// Cameras put keyframes a little early: this much of the wanted duration is enough.
    private static let tolerance = 0.95

    /// How long ffmpeg waits for a silent network source before it gives up.
    private static let networkTimeout = "10000000"  // microseconds

    package static func make(
        for camera: CameraConfiguration,
        plan: RecordingPlan
    ) -> [String] {
        // `level+` puts "[info]" or "[error]" before each line, which FFmpegLog reads.
        ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info"]
            + (plan.video == .encode ? encoder(camera, plan).deviceArguments : [])
            + input(camera, plan)
            + ["-map", "0:v:0"]
            + (plan.lessons.sound == .recorded ? ["-map", "0:a:0?"] : [])
            + ["-map_metadata", "-1"]
            + video(camera, plan)
            + audio(plan)
            + output(camera, plan)
            + (plan.lessons.sound == .awaited ? soundBell : [])
    }

    /// A second output, into the log: one line for the first packet of sound, whenever that comes.
    private static let soundBell = [
        "-map", "0:a:0?", "-c:a", "copy", "-frames:a", "1", "-f", "framecrc", "pipe:2",
    ]

    /// Whether a line of the log is that one: `0,          0,          0,      160,      160, 0x…`
    static func isFirstSound(_ line: String) -> Bool { line.hasPrefix("0, ") }

    /// The source and how to read it.
    static func input(_ camera: CameraConfiguration, _ plan: RecordingPlan) -> [String] {
        var arguments: [String] = []
        if plan.loops { arguments += ["-re", "-stream_loop", "-1"] }
        if plan.lessons.stampsPackets { arguments += ["-use_wallclock_as_timestamps", "1"] }
        if let scale = plan.lessons.timeScale { arguments += ["-itsscale:v", "\(scale)"] }
        arguments += decoding(camera, plan)
        switch camera.source {
        case .usb(let device):
            arguments += ["-thread_queue_size", "64", "-f", "v4l2"]
            if let format = plan.lessons.inputFormat { arguments += ["-input_format", format] }
            if let size = camera.encoding.size { arguments += ["-video_size", size.text] }
            if let rate = camera.encoding.frameRate { arguments += ["-framerate", number(rate)] }
            arguments += ["-i", device]
        case .rtsp(let url):
            arguments += ["-rtsp_transport", plan.lessons.usesUDP ? "udp" : "tcp"]
            if plan.lessons.sound == .refused { arguments += ["-allowed_media_types", "video"] }
            // Every packet has its timestamp: no need to count frames, one a second perhaps, to guess their
            // rate. Of three the order of decoding is known, B-frames or not.
            arguments += ["-fpsprobesize", "0", "-max_ts_probe", "3"] + probing(plan)
            arguments += ["-timeout", networkTimeout, "-i", escaped(url)]
        case .http(let url):
            if plan.isPlaylist { arguments += ["-live_start_index", "-1"] }
            if plan.lessons.readsBareJPEG { arguments += ["-f", "mjpeg"] }
            arguments += probing(plan)
            arguments += ["-rw_timeout", networkTimeout, "-i", escaped(url)]
        case .file(let path):
            // `file:` keeps a colon in the name from being read as a protocol.
            arguments += ["-i", "file:" + path]
        case .testPattern:
            arguments += ["-re", "-f", "lavfi", "-i", testPattern(camera.encoding)]
        }
        return arguments
    }

    /// How long ffmpeg waits for a stream that is announced before it describes the input without it, on the
    /// input's own clock.
    private static func probing(_ plan: RecordingPlan) -> [String] {
        let wait: Duration =
            plan.lessons.awaitsVideo
            ? .seconds(60) : plan.lessons.sound == .recorded ? .seconds(3) : .seconds(1)
        return ["-analyzeduration", "\(wait.components.seconds)000000"]
    }

    /// How the pictures are decoded that get encoded.
    private static func decoding(
        _ camera: CameraConfiguration,
        _ plan: RecordingPlan
    ) -> [String] {
        guard plan.video == .encode, camera.source != .testPattern else { return [] }
        return [
            // 16000 × 16000 would take a gigabyte.
            "-max_pixels", String(PictureSize.largestArea),
            // Several frames decoded at once would come out as many frames late.
            "-thread_type", "slice",
        ]
            // Pictures of another size or colour go through the same filters, whose clock goes on:
            // set up anew, they would begin at zero again.
            + (plan.pictureSize == nil ? [] : ["-reinit_filter", "0"])
    }

    private static func escaped(_ url: String) -> String {
        CameraURL(url)?.escaped ?? url
    }

    /// A moving picture with the wall clock (UTC) and the running time, and a quiet tone.
    private static func testPattern(_ encoding: CameraConfiguration.Encoding) -> String {
        let size = encoding.size?.text ?? "1280x720"
        return "testsrc2=size=\(size):rate=\(number(encoding.frameRate ?? 25)),"
            + "drawtext=text='%{gmtime\\:%Y-%m-%d %H\\\\\\:%M\\\\\\:%S} UTC   %{pts\\:hms}':"
            + "x=(w-text_w)/2:y=h-h/8:fontsize=h/16:fontcolor=white:box=1:boxcolor=black@0.6:"
            + "boxborderw=14[out0];sine=frequency=440:sample_rate=48000,volume=0.1[out1]"
    }

    private static func video(_ camera: CameraConfiguration, _ plan: RecordingPlan) -> [String] {
        guard plan.video == .encode else {
            return ["-c:v", "copy"] + (plan.isHEVC ? ["-tag:v", "hvc1"] : [])
        }
        let encoder = encoder(camera, plan)
        return [
            "-vf",
            (PictureFilters.make(for: camera, plan: plan) + encoder.filters).joined(separator: ","),
        ]
            + encoder.arguments(camera.encoding)
            + ["-force_key_frames", "expr:gte(t,n_forced*\(camera.segmentDuration.seconds))"]
            // Keeps every frame, at the moment that its stamp says. By itself ffmpeg would double frames up
            // to a rate that it guesses: of MJPEG over RTSP to a hundred a second.
            + ["-enc_time_base", "1:90000", "-fps_mode", "vfr"]
    }

    private static func encoder(
        _ camera: CameraConfiguration,
        _ plan: RecordingPlan
    ) -> VideoEncoder {
        plan.lessons.encoder ?? camera.encoding.encoder
    }

    /// `25`, `12.5`: without the needless fraction.
    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }

    /// A frame of AAC is 1024 samples, and pictures wait for the sound beside them: at a telephone's 8 kHz
    /// they all came a third of a second late.
    private static func audio(_ plan: RecordingPlan) -> [String] {
        guard plan.lessons.sound == .recorded else { return [] }
        return switch plan.audio {
        case .copy:
            ["-c:a", "copy"] + (plan.stripsADTS ? ["-bsf:a", "aac_adtstoasc"] : []) + interleaving
        case .encode:
            ["-c:a", "aac", "-ar", "48000", "-b:a", "96k"]
                // Stretches by up to 2 %, and fills with silence, so that it stays with the picture.
                + (plan.lessons.stampsPackets ? ["-af", "aresample=async=1000"] : [])
                + interleaving
        }
    }

    /// Sound comes later than its picture, by a third of a second if it is encoded, and may stop. ffmpeg
    /// would hold every picture back for it, so that all moments would be late: let it not wait.
    private static let interleaving = ["-max_interleave_delta", "1"]  // microseconds

    /// A file for each segment, which begins with the first keyframe after the segment's duration, and grows by
    /// a fragment whenever one is long enough or a keyframe comes.
    private static func output(_ camera: CameraConfiguration, _ plan: RecordingPlan) -> [String] {
        [
            "-f", "segment",
            "-segment_time", (camera.segmentDuration * tolerance).ffmpegSeconds,
            "-segment_format", "mp4",
            "-segment_format_options", muxerOptions(plan),
            // The ring keeps its own index; ffmpeg's must only not grow.
            "-segment_list", RunLayout.playlistName,
            "-segment_list_size", "3",
            RunLayout.segmentPattern,
        ]
    }

    /// - `empty_moov`: each file begins with its header, at once. Some sound tells how it is decoded in its first
    ///   packets alone: then with `delay_moov`, the header comes with the first fragment.
    /// - `frag_discont`, `use_editlist=0`, `avoid_negative_ts=disabled`: a file's times go on from those of the one
    ///   before, and a track that begins later than the other, as sound often does, begins there.
    /// - `frag_keyframe`, `frag_duration`, `flush_packets`: a fragment is in the file as soon as it is whole.
    /// - `skip_trailer`: ffmpeg would keep a note of every fragment in memory, for a table at the end.
    /// - `video_track_timescale`: as RTP has it; else ffmpeg rounds to what it takes for the frame rate.
    private static func muxerOptions(_ plan: RecordingPlan) -> String {
        let header = plan.needsDelayedHeader ? "delay_moov" : "empty_moov"
        return "movflags=+\(header)+default_base_moof+frag_keyframe+frag_discont+skip_trailer"
            + ":frag_duration=\(fragmentDuration.wholeMicroseconds):flush_packets=1"
            + ":use_editlist=0:avoid_negative_ts=disabled:video_track_timescale=90000"
    }
}
