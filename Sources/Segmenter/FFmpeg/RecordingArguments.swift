/// The ffmpeg command line of a run: a camera in, fragmented MP4 in the working directory out, a file for
/// every part.
package enum RecordingArguments {
    package static let initName = "init.mp4"
    package static let playlistName = "index.m3u8"
    static let partSuffix = ".part"

    /// How much video ffmpeg puts into a file: so much later than its frames a clip can be ready.
    private static let partDuration = Duration.milliseconds(200)

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
            + ["-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1"]
            + video(camera, plan)
            + audio(plan)
            + output
    }

    /// The source and how to read it.
    static func input(_ camera: CameraConfiguration, _ plan: RecordingPlan) -> [String] {
        var arguments: [String] = []
        if plan.loops { arguments += ["-re", "-stream_loop", "-1"] }
        if plan.lessons.stampsPackets { arguments += ["-use_wallclock_as_timestamps", "1"] }
        switch camera.source {
        case .usb(let device):
            arguments += ["-thread_queue_size", "64", "-f", "v4l2"]
            if let format = plan.lessons.inputFormat { arguments += ["-input_format", format] }
            if let size = camera.encoding.size { arguments += ["-video_size", size.text] }
            if let rate = camera.encoding.frameRate { arguments += ["-framerate", number(rate)] }
            arguments += ["-i", device]
        case .rtsp(let url):
            arguments += ["-rtsp_transport", plan.lessons.usesUDP ? "udp" : "tcp"]
            arguments += ["-timeout", networkTimeout, "-i", escaped(url)]
        case .http(let url):
            arguments += ["-rw_timeout", networkTimeout, "-i", escaped(url)]
        case .file(let path):
            // `file:` keeps a colon in the name from being read as a protocol.
            arguments += ["-i", "file:" + path]
        case .testPattern:
            arguments += ["-re", "-f", "lavfi", "-i", testPattern(camera.encoding)]
        }
        return arguments
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
        return ["-vf", (shape(camera, plan) + encoder.filters).joined(separator: ",")]
            + encoder.arguments(camera.encoding)
            + ["-force_key_frames", "expr:gte(t,n_forced*\(camera.segmentDuration.seconds))"]
            // Keeps every frame, at the moment that its stamp says.
            + (plan.stampsArrival
                ? ["-enc_time_base", "1:90000", "-fps_mode", "passthrough"] : [])
    }

    private static func encoder(
        _ camera: CameraConfiguration,
        _ plan: RecordingPlan
    ) -> VideoEncoder {
        plan.lessons.encoder ?? camera.encoding.encoder
    }

    /// Filters that give a source the time, rate and size that it could not be asked for.
    private static func shape(_ camera: CameraConfiguration, _ plan: RecordingPlan) -> [String] {
        var filters: [String] = []
        // The moment at which each frame was decoded. `-use_wallclock_as_timestamps` would round to
        // the 1/25 s that ffmpeg's reader of multipart MJPEG counts in, so that a camera of 30 frames
        // a second lost every sixth.
        if plan.stampsArrival { filters += ["settb=1/1000000", "setpts=RTCTIME-RTCSTART"] }
        switch camera.source {
        case .usb, .testPattern: return filters
        case .rtsp, .http, .file: break
        }
        if let rate = camera.encoding.frameRate { filters.append("fps=\(number(rate))") }
        if let size = camera.encoding.size {
            filters.append(
                "scale=\(size.width):\(size.height):force_original_aspect_ratio=decrease:"
                    + "force_divisible_by=2"
            )
        }
        return filters
    }

    /// `25`, `12.5`: without the needless fraction.
    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }

    /// A frame of AAC is 1024 samples, and pictures wait for the sound beside them: at a telephone's 8 kHz
    /// they all came a third of a second late.
    private static func audio(_ plan: RecordingPlan) -> [String] {
        switch plan.audio {
        case .copy:
            ["-c:a", "copy"] + (plan.stripsADTS ? ["-bsf:a", "aac_adtstoasc"] : []) + interleaving
        case .encode: ["-c:a", "aac", "-ar", "48000", "-b:a", "96k"] + interleaving
        }
    }

    /// Sound comes later than its picture, by a third of a second if it is encoded, and may stop. ffmpeg
    /// would hold every picture back for it, so that all moments would be late: let it not wait.
    private static let interleaving = ["-max_interleave_delta", "1"]  // microseconds

    /// Files that end with the first frame after `partDuration`, keyframe or not; within a file a fragment
    /// begins with each keyframe, so that segments can be put together from whole fragments.
    private static var output: [String] {
        [
            "-f", "hls",
            "-hls_time", String(partDuration.seconds),
            // The ring keeps its own index; ffmpeg's must only not grow.
            "-hls_list_size", "3",
            "-hls_segment_type", "fmp4",
            "-hls_fmp4_init_filename", initName,
            "-hls_segment_filename", "%06d" + partSuffix,
            "-hls_flags", "split_by_time+temp_file",
            "-hls_segment_options",
            "movflags=" + movieFlags,
            playlistName,
        ]
    }

    /// - `frag_keyframe`: a fragment begins with each keyframe.
    /// - `frag_discont`: a track that begins later than the first file, as sound often does, begins there.
    ///   Without it, it would be written as if it began with the file, and play too early for good.
    /// - `skip_sidx`: for the index that it leaves out, ffmpeg would move each fragment's first frame to the
    ///   end of what was shown before: wrong with B-frames, and after a pause for good.
    /// - `skip_trailer`: ffmpeg would keep a note of every fragment in memory, for a table at the end.
    private static let movieFlags = "+frag_keyframe+frag_discont+skip_sidx+skip_trailer"

    /// The name of the file that ffmpeg closes after so many others.
    static func partName(_ number: Int) -> String { digits(number) + partSuffix }

    /// At least six of them, as `%06d` has it.
    static func digits(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 6 - text.count)) + text
    }
}
