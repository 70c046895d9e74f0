import TestSupport
import Testing

@testable import Segmenter

@Suite("Video encoder")
struct VideoEncoderTests {
    private static let standard = CameraConfiguration.Encoding()

    @Test(
        "Has its own words for quality and speed, no B-frames, and holds nothing back",
        arguments: [
            (
                .libx264,
                "-c:v libx264 -bf 0 -preset veryfast -crf 23 -tune zerolatency"
            ),
            (
                .vaapi,
                "-c:v h264_vaapi -bf 0 -g 600 -rc_mode CQP -qp 23 -compression_level 7 -async_depth 1"
            ),
            (
                .qsv,
                """
                -c:v h264_qsv -bf 0 -g 600 -global_quality 23 -preset veryfast -async_depth 1 \
                -forced_idr 1
                """
            ),
            (
                .nvenc,
                """
                -c:v h264_nvenc -bf 0 -g 600 -rc vbr -cq 23 -b:v 0 -preset p1 -tune ll \
                -zerolatency 1 -delay 0 -forced-idr 1
                """
            ),
            (.v4l2m2m, "-c:v h264_v4l2m2m -bf 0 -g 600 -b:v 2764000"),
        ] as [(VideoEncoder, String)]
    )
    func arguments(_ encoder: VideoEncoder, _ expected: String) {
        #expect(encoder.arguments(Self.standard).joined(separator: " ") == expected)
    }

    @Test(
        "The chips' speeds follow x264's",
        arguments: [
            ("ultrafast", "7", "veryfast", "p1"), ("superfast", "7", "veryfast", "p1"),
            ("veryfast", "7", "veryfast", "p1"), ("faster", "6", "faster", "p2"),
            ("medium", "4", "medium", "p4"), ("veryslow", "1", "veryslow", "p7"),
        ]
    )
    func speeds(_ preset: String, _ vaapi: String, _ qsv: String, _ nvenc: String) {
        let encoding = CameraConfiguration.Encoding(preset: preset)
        #expect(VideoEncoder.vaapi.arguments(encoding).contains(["-compression_level", vaapi]))
        #expect(VideoEncoder.qsv.arguments(encoding).contains(["-preset", qsv]))
        #expect(VideoEncoder.nvenc.arguments(encoding).contains(["-preset", nvenc]))
    }

    @Test("Quality 0 is the best that a chip has, not its own choice")
    func best() {
        let encoding = CameraConfiguration.Encoding(crf: 0)
        #expect(VideoEncoder.vaapi.arguments(encoding).contains(["-qp", "1"]))
        #expect(VideoEncoder.libx264.arguments(encoding).contains(["-crf", "0"]))
    }

    @Test(
        "Without a quality of its own, six steps double or halve the bits",
        arguments: [
            (23, 1280, 720, 25, "2764000"), (29, 1280, 720, 25, "1382000"),
            (17, 1280, 720, 25, "5529000"), (23, 1920, 1080, 50, "12441000"),
            (51, 320, 180, 5, "200000"),
        ] as [(Int, Int, Int, Double, String)]
    )
    func bitRate(_ crf: Int, _ width: Int, _ height: Int, _ rate: Double, _ expected: String) {
        let encoding = CameraConfiguration.Encoding(
            crf: crf,
            size: PictureSize(width: width, height: height),
            frameRate: rate
        )
        #expect(VideoEncoder.v4l2m2m.arguments(encoding).contains(["-b:v", expected]))
    }

    @Test("libx264 passes the trial; a chip that is not there does not, and says why")
    func trial() async throws {
        let ffmpeg = try FFmpeg()
        #expect(await EncoderTrial.run(Self.standard, ffmpeg: ffmpeg) == nil)
        // No machine that runs these tests has both.
        let faults = [
            await EncoderTrial.run(.init(encoder: .nvenc), ffmpeg: ffmpeg),
            await EncoderTrial.run(.init(encoder: .v4l2m2m), ffmpeg: ffmpeg),
        ]
        #expect(faults.contains { $0 != nil })
    }

    @Test(
        "Sizes are two even numbers of pixels",
        arguments: [
            ("1280x720", true), ("16x16", true), ("8192x8192", true), ("1281x720", false),
            ("1280", false), ("x720", false), ("1280x720x3", false), ("-2x720", false),
            ("14x720", false), ("9000x720", false), ("", false), ("1280×720", false),
        ]
    )
    func sizes(_ text: String, _ valid: Bool) {
        #expect(PictureSize(text)?.text == (valid ? text : nil))
    }
}
