import Foundation
import Testing

@testable import Segmenter

@Suite("Recording arguments")
struct RecordingArgumentsTests {
    private static let global = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info"]
    private static let http = ["-analyzeduration", "3000000", "-rw_timeout", "10000000"]
    private static let streams = ["-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1"]
    private static let copyVideo = ["-c:v", "copy"]
    private static let interleaving = ["-max_interleave_delta", "1"]
    private static let copyAudio = ["-c:a", "copy"] + interleaving
    private static let encodeVideo = ["-vf", "format=yuv420p"] + x264
    private static let x264 = [
        "-c:v", "libx264", "-bf", "0", "-preset", "veryfast", "-crf", "23",
        "-tune", "zerolatency", "-force_key_frames", "expr:gte(t,n_forced*2.0)",
        "-enc_time_base", "1:90000", "-fps_mode", "vfr",
    ]
    private static let decoding = ["-max_pixels", "40000000", "-thread_type", "slice"]
    private static let encodeAudio =
        ["-c:a", "aac", "-ar", "48000", "-b:a", "96k"] + interleaving
    private static let output = [
        "-f", "segment", "-segment_time", "1.900000", "-segment_format", "mp4",
        "-segment_format_options",
        "movflags=+empty_moov+default_base_moof+frag_keyframe+frag_discont+skip_trailer"
            + ":frag_duration=200000:flush_packets=1"
            + ":use_editlist=0:avoid_negative_ts=disabled:video_track_timescale=90000",
        "-segment_list", "index.m3u8", "-segment_list_size", "3", "%06d.m4s",
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
                == Self.global + Self.decoding + input + Self.streams + Self.encodeVideo
                + Self.encodeAudio
                + Self.output
        )
    }

    @Test("An RTSP camera is read over TCP, with a time limit, and copied")
    func rtsp() {
        let url = "rtsp://admin:s3cret@192.0.2.7:554/live?channel=1"
        let input =
            ["-rtsp_transport", "tcp", "-fpsprobesize", "0", "-max_ts_probe", "3"]
            + ["-analyzeduration", "3000000", "-timeout", "10000000", "-i", url]
        let audio = ["-c:a", "copy", "-bsf:a", "aac_adtstoasc"] + Self.interleaving
        #expect(
            arguments(.rtsp(url: url))
                == Self.global + input + Self.streams + Self.copyVideo + audio + Self.output
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
        let input = Self.http + ["-i", url]
        let filters =
            "settb=1/1000000,setpts='\(PictureFilters.sinceFirst)',pad=ceil(iw/2)*2:ceil(ih/2)*2"
        #expect(
            arguments(.http(url: url))
                == Self.global + Self.decoding + input + Self.streams
                + ["-vf", filters + ",format=yuv420p"] + Self.x264 + Self.encodeAudio + Self.output
        )
    }

    @Test("Pictures that may change go through filters that stay, and bare ones are read as such")
    func changingPictures() {
        let arguments = arguments(.http(url: "http://192.0.2.7/video")) { plan in
            plan.pictureSize = PictureSize(width: 640, height: 360)
            plan.lessons.readsBareJPEG = true
        }
        #expect(arguments.contains(Self.decoding + ["-reinit_filter", "0"]))
        #expect(arguments.contains(["-f", "mjpeg"] + Self.http))
    }

    @Test("Other video over HTTP is copied with its own timestamps")
    func httpCopy() {
        let url = "https://192.0.2.7/live.m3u8"
        let arguments = arguments(.http(url: url)) { plan in
            (plan.video, plan.audio, plan.stampsArrival) = (.copy, .copy, false)
        }
        #expect(
            arguments
                == Self.global + Self.http + ["-i", url] + Self.streams
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
        // Cameras put keyframes a little early.
        #expect(arguments.contains(["-segment_time", "1.425000"]))
        // Fragments are fragments, however long segments are.
        #expect(arguments.contains { $0.contains(":frag_duration=200000:") })
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
            "settb=1/1000000,setpts='\(PictureFilters.sinceFirst)',"
            + "select='if(gte(t,ld(0)-0.050000),st(0,max(ld(0),t-0.050000)+0.100000),0)',"
            + "scale=640:360:force_original_aspect_ratio=decrease:force_divisible_by=2,"
            + "format=nv12,hwupload"
        #expect(arguments.contains(["-vf", filters, "-c:v", "h264_vaapi"]))
        #expect(
            arguments.contains(["level+info", "-init_hw_device", "vaapi=encoder"])
                && arguments.contains(["-filter_hw_device", "encoder"] + Self.decoding)
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
        #expect(raw.contains(["-use_wallclock_as_timestamps", "1"] + Self.http))
        // Samples are fitted to the moments of arrival.
        #expect(raw.contains(["-af", "aresample=async=1000"]))
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

    @Test("Lessons of earlier runs: a wrong pace, late video, a playlist")
    func lessonsOfTime() {
        let scaled = arguments(.rtsp(url: "rtsp://192.0.2.7/")) { $0.lessons.timeScale = 0.5 }
        #expect(scaled.contains(["-itsscale:v", "0.5"]))
        let late = arguments(.rtsp(url: "rtsp://192.0.2.7/")) { $0.lessons.awaitsVideo = true }
        #expect(late.contains(["-analyzeduration", "60000000"]))
        let playlist = arguments(.http(url: "http://192.0.2.7/")) { $0.isPlaylist = true }
        #expect(playlist.contains(["-live_start_index", "-1"]))
    }

    @Test(
        "Sound that does not come is listened for beside the recording; unreadable sound is not asked for"
    )
    func soundLeftOut() {
        func withSound(_ sound: RecordingPlan.Sound) -> [String] {
            arguments(.rtsp(url: "rtsp://192.0.2.7/")) { $0.lessons.sound = sound }
        }
        let awaited = withSound(.awaited)
        #expect(awaited.suffix(2) == ["framecrc", "pipe:2"])
        #expect(!awaited.contains(["-map", "0:v:0", "-map", "0:a:0?"]))
        for sound in [RecordingPlan.Sound.ignored, .refused] {
            #expect(!withSound(sound).contains("0:a:0?") && !withSound(sound).contains("-c:a"))
        }
        #expect(withSound(.refused).contains(["-allowed_media_types", "video"]))
    }

    @Test("A careless password reaches ffmpeg escaped")
    func carelessPassword() {
        let arguments = arguments(.rtsp(url: "rtsp://admin:p/a?s@s:w%d@192.0.2.7/live"))
        #expect(arguments.contains("rtsp://admin:p%2Fa%3Fs%40s%3Aw%25d@192.0.2.7/live"))
    }
}
