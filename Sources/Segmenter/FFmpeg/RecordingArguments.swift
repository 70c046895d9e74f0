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
            + input(camera, plan)
            + ["-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1"]
            + video(camera, plan)
            + audio(plan)
            + output(plan)
    }

    /// The source and how to read it.
    static func input(_ camera: CameraConfiguration, _ plan: RecordingPlan) -> [String] {
        var arguments: [String] = []
        if plan.loops { arguments += ["-re", "-stream_loop", "-1"] }
        switch camera.source {
        case .usb(let device):
            arguments += ["-thread_queue_size", "64", "-f", "v4l2", "-i", device]
        case .rtsp(let url):
            arguments += ["-rtsp_transport", "tcp", "-timeout", networkTimeout, "-i", url]
        case .http(let url):
            arguments += ["-rw_timeout", networkTimeout, "-i", url]
        case .file(let path):
            // `file:` keeps a colon in the name from being read as a protocol.
            arguments += ["-i", "file:" + path]
        case .testPattern:
            arguments += ["-re", "-f", "lavfi", "-i", testPattern]
        }
        return arguments
    }

    /// A moving picture with the wall clock (UTC) and the running time, and a quiet tone.
    private static let testPattern =
        "testsrc2=size=1280x720:rate=25,"
        + "drawtext=text='%{gmtime\\:%Y-%m-%d %H\\\\\\:%M\\\\\\:%S} UTC   %{pts\\:hms}':"
        + "x=(w-text_w)/2:y=h-90:fontsize=44:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=14"
        + "[out0];sine=frequency=440:sample_rate=48000,volume=0.1[out1]"

    private static func video(_ camera: CameraConfiguration, _ plan: RecordingPlan) -> [String] {
        switch plan.video {
        case .copy:
            return ["-c:v", "copy"] + (plan.isHEVC ? ["-tag:v", "hvc1"] : [])
        case .encode:
            // zerolatency: without it x264 holds up to a second and a half of frames back, and a
            // segment would close that much after what it shows.
            return [
                "-c:v", "libx264",
                "-preset", camera.encoding.preset,
                "-crf", String(camera.encoding.crf),
                "-tune", "zerolatency",
                "-pix_fmt", "yuv420p",
                "-force_key_frames", "expr:gte(t,n_forced*\(camera.segmentDuration.seconds))",
            ] + (plan.stampsArrival ? arrivalStamps : [])
        }
    }

    /// Gives each frame the moment at which it was decoded, and keeps them all.
    ///
    /// `-use_wallclock_as_timestamps` would round to the 1/25 s that ffmpeg's reader of multipart MJPEG
    /// counts in, so that a camera of 30 frames a second lost every sixth.
    private static let arrivalStamps = [
        "-vf", "settb=1/1000000,setpts=RTCTIME-RTCSTART",
        "-enc_time_base", "1:90000",
        "-fps_mode", "passthrough",
    ]

    private static func audio(_ plan: RecordingPlan) -> [String] {
        switch plan.audio {
        case .copy: ["-c:a", "copy"]
        case .encode: ["-c:a", "aac", "-b:a", "96k"]
        }
    }

    /// Files that end with the first frame after `partDuration`, keyframe or not; within a file a fragment
    /// begins with each keyframe, so that segments can be put together from whole fragments.
    private static func output(_ plan: RecordingPlan) -> [String] {
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
            "movflags=+frag_keyframe+" + (plan.hasBFrames ? keepTimes : forgetFragments),
            playlistName,
        ]
    }

    /// Without it ffmpeg keeps a note of every fragment in memory, for a table at the file's end.
    private static let forgetFragments = "skip_trailer"
    /// Without it ffmpeg moves a fragment's first frame to the end of what was shown before, which is
    /// wrong if it is not the next one shown. But with it, it keeps its notes: 40 bytes for each fragment
    /// and track.
    private static let keepTimes = "global_sidx"

    /// The name of the file that ffmpeg closes after so many others.
    static func partName(_ number: Int) -> String { digits(number) + partSuffix }

    /// At least six of them, as `%06d` has it.
    static func digits(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 6 - text.count)) + text
    }
}
