import Foundation
import Testing

@testable import Segmenter

@Suite("Recording arguments")
struct RecordingArgumentsTests {
    private static let global = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info"]
    private static let streams = ["-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1"]
    private static let copyVideo = ["-c:v", "copy"]
    private static let copyAudio = ["-c:a", "copy"]
    private static let encodeVideo = [
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-tune", "zerolatency",
        "-pix_fmt", "yuv420p", "-force_key_frames", "expr:gte(t,n_forced*2.0)",
    ]
    private static let encodeAudio = ["-c:a", "aac", "-b:a", "96k"]
    private static let output = [
        "-f", "hls", "-hls_time", "0.2", "-hls_list_size", "3", "-hls_segment_type", "fmp4",
        "-hls_fmp4_init_filename", "init.mp4", "-hls_segment_filename", "%06d.part",
        "-hls_flags", "split_by_time+temp_file",
        "-hls_segment_options", "movflags=+frag_keyframe+skip_trailer", "index.m3u8",
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
        let stamps = [
            "-vf", "settb=1/1000000,setpts=RTCTIME-RTCSTART",
            "-enc_time_base", "1:90000", "-fps_mode", "passthrough",
        ]
        #expect(
            arguments(.http(url: url))
                == Self.global + input + Self.streams + Self.encodeVideo + stamps
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
            arguments.suffix(Self.output.count + 4 + Self.encodeVideo.count)
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

    @Test("Where there are B-frames the times of frames are left alone")
    func bFrames() {
        let arguments = arguments(.rtsp(url: "rtsp://192.0.2.7/")) { $0.hasBFrames = true }
        #expect(arguments.contains("movflags=+frag_keyframe+global_sidx"))
    }

    @Test("Part files are named as ffmpeg counts them", arguments: [0, 42, 999_999, 1_000_000])
    func partNames(_ number: Int) {
        #expect(RecordingArguments.partName(number) == String(format: "%06d.part", number))
    }
}
