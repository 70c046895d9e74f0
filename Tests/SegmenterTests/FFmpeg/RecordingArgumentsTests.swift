import Foundation
import Testing

@testable import Segmenter

@Suite("Recording arguments")
struct RecordingArgumentsTests {
    private static let global = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info"]
    private static let streams = ["-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1"]
    private static let copyVideo = ["-c:v", "copy"]
    private static let interleaving = ["-max_interleave_delta", "1"]
    private static let copyAudio = ["-c:a", "copy"] + interleaving
    private static let encodeVideo = ["-vf", "format=yuv420p"] + x264
    private static let x264 = [
        "-c:v", "libx264", "-bf", "0", "-preset", "veryfast", "-crf", "23",
        "-tune", "zerolatency", "-force_key_frames", "expr:gte(t,n_forced*2.0)",
    ]
    private static let encodeAudio =
        ["-c:a", "aac", "-ar", "48000", "-b:a", "96k"] + interleaving
    private static let output = [
        "-f", "hls", "-hls_time", "0.2", "-hls_list_size", "3", "-hls_segment_type", "fmp4",
        "-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", "%06d.part",
        "-hls_flags", "split_by_time+temp_file",
        "-hls_segment_options", "movflags=+frag_keyframe+frag_discont+skip_sidx+skip_trailer",
        "index.m3u8",
    ]

    private func arguments(
        _ source: CameraSource,
        change: (inout RecordingPlan) -> Void = { _ in }
    ) -> [String] {
        var plan = RecordingPlan(guessing: source)
        change(&plan)
        return RecordingArguments.make(
            for: CameraConfiguration(id: "door", source: source),
            plan: plan
        )
    }

    @Test("A USB camera is read through V4L2 and encoded")
    func usb() {
        let input = ["-thread_queue_size", "64", "-f", "v4l2", "-i", "/dev/video2"]
        #expect(
            arguments(.usb(device: "/dev/video2"))
                == Self.global + input + Self.streams + Self.encodeVideo + Self.encodeAudio
                + Self.output
        )
    }

    @Test("An RTSP camera is read over TCP, with a time limit, and copied")
    func rtsp() {
        let url = "rtsp://admin:s3cret@192.0.2.7:554/live?channel=1"
        let input = ["-rtsp_transport", "tcp", "-timeout", "10000000", "-i", url]
        #expect(
            arguments(.rtsp(url: url))
                == Self.global + input + Self.streams + Self.copyVideo + Self.copyAudio
                + Self.output
        )
    }

    @Test("H.265 gets the sample entry that players want")
    func hevc() {
        let arguments = arguments(.rtsp(url: "rtsp://192.0.2.7/")) { $0.isHEVC = true }
        #expect(arguments.contains(Self.copyVideo + ["-tag:v", "hvc1"]))
    }

    @Test("Sound that cannot be copied is encoded beside copied video")
    func encodedSound() {
        let arguments = arguments(.rtsp(url: "rtsp://192.0.2.7/")) { $0.audio = .encode }
        #expect(arguments.contains(Self.copyVideo + Self.encodeAudio))
    }

    @Test("MJPEG over HTTP is stamped as it arrives and keeps its own frame rate")
    func mjpeg() {
        let url = "http://192.0.2.7/video"
        let input = ["-rw_timeout", "10000000", "-i", url]
        let stamps = ["-vf", "settb=1/1000000,setpts=RTCTIME-RTCSTART,format=yuv420p"]
        let passing = ["-enc_time_base", "1:90000", "-fps_mode", "passthrough"]
        #expect(
            arguments(.http(url: url))
                == Self.global + input + Self.streams + stamps + Self.x264 + passing
                + Self.encodeAudio + Self.output
        )
    }

    @Test("Other video over HTTP is copied with its own timestamps")
    func httpCopy() {
        let url = "https://192.0.2.7/live.m3u8"
        let arguments = arguments(.http(url: url)) { plan in
            (plan.video, plan.audio, plan.stampsArrival) = (.copy, .copy, false)
        }
        #expect(
            arguments
                == Self.global + ["-rw_timeout", "10000000", "-i", url] + Self.streams
                + Self.copyVideo + Self.copyAudio + Self.output
        )
    }

    @Test("A file is played at its own speed, over and over, whatever its name looks like")
    func file() {
        let input = ["-re", "-stream_loop", "-1", "-i", "file:videos/12:30.mp4"]
        #expect(
            arguments(.file(path: "videos/12:30.mp4"))
                == Self.global + input + Self.streams + Self.copyVideo + Self.copyAudio
                + Self.output
        )
    }

    @Test("The test pattern is made by ffmpeg at its own speed and encoded")
    func testPattern() throws {
        let arguments = arguments(.testPattern)
        #expect(arguments.contains(["-re", "-f", "lavfi", "-i"]))
        #expect(arguments.contains { $0.hasPrefix("testsrc2=") && $0.contains("sine=") })
        #expect(
            arguments.suffix(
                Self.output.count + Self.encodeAudio.count + Self.encodeVideo.count
            )
                == (Self.encodeVideo + Self.encodeAudio + Self.output)[...]
        )
    }

    @Test("The camera's own settings reach ffmpeg")
    func settings() {
        let camera = CameraConfiguration(
            id: "door",
            source: .testPattern,
            segmentDuration: .milliseconds(1500),
            encoding: CameraConfiguration.Encoding(preset: "ultrafast", crf: 30)
        )
        let plan = RecordingPlan(guessing: camera.source)
        let arguments = RecordingArguments.make(for: camera, plan: plan)
        #expect(arguments.contains(["-preset", "ultrafast", "-crf", "30"]))
        #expect(arguments.contains(["-force_key_frames", "expr:gte(t,n_forced*1.5)"]))
        // Parts are parts, however long segments are.
        #expect(arguments.contains(["-hls_time", "0.2"]))
    }

    @Test("Part files are named as ffmpeg counts them", arguments: [0, 42, 999_999, 1_000_000])
    func partNames(_ number: Int) {
        #expect(RecordingArguments.partName(number) == String(format: "%06d.part", number))
    }

    @Test("A USB camera is asked for its format, size and rate, and H.264 from it is copied")
    func usbAsked() {
        let encoding = CameraConfiguration.Encoding(
            size: PictureSize(width: 1280, height: 720),
            frameRate: 12.5
        )
        let camera = CameraConfiguration(
            id: "door",
            source: .usb(device: "/dev/video0"),
            encoding: encoding
        )
        var plan = RecordingPlan(guessing: camera.source)
        (plan.video, plan.lessons.inputFormat) = (.copy, "h264")
        let input = [
            "-thread_queue_size", "64", "-f", "v4l2", "-input_format", "h264",
            "-video_size", "1280x720", "-framerate", "12.5", "-i", "/dev/video0",
        ]
        #expect(
            RecordingArguments.make(for: camera, plan: plan)
                == Self.global + input + Self.streams + Self.copyVideo + Self.encodeAudio
                + Self.output
        )
    }

    @Test("MJPEG over HTTP that is too large or too fast is scaled and thinned out")
    func shaped() {
        let encoding = CameraConfiguration.Encoding(
            encoder: .vaapi,
            size: PictureSize(width: 640, height: 360),
            frameRate: 10
        )
        let camera = CameraConfiguration(
            id: "door",
            source: .http(url: "http://192.0.2.7/"),
            encoding: encoding
        )
        let plan = RecordingPlan(guessing: camera.source)
        let arguments = RecordingArguments.make(for: camera, plan: plan)
        let filters =
            "settb=1/1000000,setpts=RTCTIME-RTCSTART,fps=10,"
            + "scale=640:360:force_original_aspect_ratio=decrease:force_divisible_by=2,"
            + "format=nv12,hwupload"
        #expect(arguments.contains(["-vf", filters, "-c:v", "h264_vaapi"]))
        #expect(
            arguments.contains(["level+info", "-init_hw_device", "vaapi=encoder"])
                && arguments.contains(["-filter_hw_device", "encoder", "-rw_timeout"])
        )
        // The device is only opened where it is needed.
        var copying = plan
        copying.video = .copy
        let copied = RecordingArguments.make(for: camera, plan: copying)
        #expect(!copied.contains("-init_hw_device") && !copied.contains("-vf"))
    }

    @Test("The test pattern has the size and rate that were set")
    func shapedTestPattern() {
        var camera = CameraConfiguration(id: "door", source: .testPattern)
        camera.encoding.size = PictureSize(width: 320, height: 180)
        camera.encoding.frameRate = 5
        let plan = RecordingPlan(guessing: .testPattern)
        let arguments = RecordingArguments.make(for: camera, plan: plan)
        #expect(arguments.contains { $0.hasPrefix("testsrc2=size=320x180:rate=5,") })
        #expect(arguments.contains(Self.encodeVideo))
    }

    @Test("Lessons of earlier runs: UDP, arrival times, libx264, AAC without its own headers")
    func lessons() {
        let rtsp = arguments(.rtsp(url: "rtsp://192.0.2.7/")) { $0.lessons.usesUDP = true }
        #expect(rtsp.contains(["-rtsp_transport", "udp"]))
        let raw = arguments(.http(url: "http://192.0.2.7/")) { plan in
            (plan.video, plan.stampsArrival) = (.copy, false)
            plan.lessons.stampsPackets = true
        }
        #expect(raw.contains(["-use_wallclock_as_timestamps", "1", "-rw_timeout"]))
        let stream = arguments(.http(url: "http://192.0.2.7/")) { plan in
            (plan.audio, plan.stripsADTS) = (.copy, true)
        }
        #expect(stream.contains(["-c:a", "copy", "-bsf:a", "aac_adtstoasc"]))
        var camera = CameraConfiguration(id: "door", source: .testPattern)
        camera.encoding.encoder = .vaapi
        var plan = RecordingPlan(guessing: .testPattern)
        plan.lessons.encoder = .libx264
        let fallback = RecordingArguments.make(for: camera, plan: plan)
        #expect(fallback.contains(Self.encodeVideo))
        #expect(!fallback.contains("-init_hw_device"))
    }

    @Test("A careless password reaches ffmpeg escaped")
    func carelessPassword() {
        let arguments = arguments(.rtsp(url: "rtsp://admin:p/a?s@s:w%d@192.0.2.7/live"))
        #expect(arguments.contains("rtsp://admin:p%2Fa%3Fs%40s%3Aw%25d@192.0.2.7/live"))
    }
}
