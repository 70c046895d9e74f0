import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Codec profile")
struct CodecProfileTests {
    private func media(_ video: TestVideo, _ options: [String] = []) async throws -> InitSegment {
        let folder = try TemporaryFolder()
        let file = folder.file("video.mp4")
        try await video.write(to: file, options: options)
        return try SegmentFile.readInit(file.path)
    }

    @Test(
        "Reads what x264 writes",
        arguments: [
            ("baseline", "3.0", "yuv420p", "Constrained Baseline@3.0", "avc1.42c01e"),
            ("main", "3.1", "yuv420p", "Main@3.1", "avc1.4d401f"),
            ("high", "4.0", "yuv420p", "High@4.0", "avc1.640028"),
            ("high10", "5.1", "yuv420p10le", "High 10@5.1", "avc1.6e0033"),
        ]
    )
    func h264(
        _ profile: String,
        _ level: String,
        _ format: String,
        _ name: String,
        _ codecs: String
    ) async throws {
        // x264 states the lowest profile that does, so it has to use what the profile has.
        let options = ["-preset", "veryfast", "-profile:v", profile, "-level", level]
        let video = try await media(TestVideo(seconds: 0.4), options + ["-pix_fmt", format]).video
        #expect(video?.profile?.name == name)
        #expect(video?.profile?.codecs == codecs)
    }

    @Test(
        "Reads what x265 writes",
        arguments: [
            ("yuv420p", "4.0", "Main@4.0", "hvc1.1.6.L120.90"),
            ("yuv420p10le", "5.1", "Main 10@5.1", "hvc1.2.4.L153.90"),
        ]
    )
    func h265(_ format: String, _ level: String, _ name: String, _ codecs: String) async throws {
        let parameters = "level-idc=\(level):high-tier=0:log-level=error"
        let options = ["-pix_fmt", format, "-x265-params", parameters]
        let video = try await media(TestVideo(video: .h265, seconds: 0.4), options).video
        #expect(video?.profile?.name == name)
        #expect(video?.profile?.codecs == codecs)
    }

    @Test("Reads AV1 and AAC")
    func others() async throws {
        let media = try await media(TestVideo(video: .av1, audio: .aac, seconds: 0.4))
        #expect(media.video?.profile?.name == "Main@2.0")
        #expect(media.video?.profile?.codecs == "av01.0.00M.08")
        #expect(media.audio?.profile == CodecProfile(profile: "LC", codecs: "mp4a.40.2"))
        #expect(media.mediaType == "video/mp4; codecs=\"av01.0.00M.08,mp4a.40.2\"")
        #expect(media.mediaType(withSound: false) == "video/mp4; codecs=\"av01.0.00M.08\"")
    }

    private static let picture = [UInt8](repeating: 0, count: 78)
    private static let sound = [UInt8](repeating: 0, count: 28)

    @Test(
        "Reads what is rare",
        arguments: [
            ("avc1", [1, 66, 0x40, 11], "avcC", "Constrained Baseline@1.1", "avc1.42400b"),
            ("avc1", [1, 66, 0x10, 11], "avcC", "Baseline@1b", "avc1.42100b"),
            ("avc3", [1, 100, 0x0C, 52], "avcC", "Constrained High@5.2", "avc3.640c34"),
            ("avc1", [1, 144, 0, 40], "avcC", nil, "avc1.900028"),
            // The example of ISO/IEC 14496-15 annex E.3.
            (
                "hev1", [1, 0x21, 0x60, 0, 0, 0, 0xB0, 0, 0, 0, 0, 0, 93], "hvcC", "Main@3.1",
                "hev1.1.6.H93.B0"
            ),
            ("av01", [0x81, 0x28, 0xC0], "av1C", "High@4.0", "av01.1.08H.10"),
        ] as [(String, [UInt8], String, String?, String)]
    )
    func rare(
        _ format: String,
        _ configuration: [UInt8],
        _ box: String,
        _ name: String?,
        _ codecs: String
    ) {
        let entry = Self.picture + Boxes.box(box, configuration)
        let profile = CodecProfile(format: format, entry: entry[...])
        #expect(profile?.name == name)
        #expect(profile?.codecs == codecs)
    }

    @Test("MP3 in MP4 has no object type of MPEG-4 sound")
    func mp3() {
        // ES descriptor, then the decoder configuration; lengths in one byte and in four.
        let descriptors: [UInt8] = [3, 20, 0, 1, 0, 4, 0x80, 0x80, 0x80, 13, 0x6B]
        let entry = Self.sound + Boxes.box("esds", [0, 0, 0, 0], descriptors)
        #expect(CodecProfile(format: "mp4a", entry: entry[...]) == CodecProfile(codecs: "mp4a.6b"))
    }

    @Test(
        "A cut configuration, or none, is no profile",
        arguments: [
            ("avc1", "avcC", [1, 100, 0]), ("hvc1", "hvcC", [UInt8](repeating: 1, count: 12)),
            ("av01", "av1C", [0x81, 0]), ("mp4a", "esds", [0, 0, 0, 0, 3, 20, 0]),
            ("mp4a", "esds", [0, 0, 0, 0, 3, 0x80, 0x80]), ("mp4a", "esds", [0, 0]),
            ("mp4a", "esds", [0, 0, 0, 0, 3, 20, 0, 1, 0, 4, 13, 0x40]), ("avc1", "free", [1]),
            ("mp4v", "esds", [1, 2, 3]),
        ]
    )
    func cut(_ format: String, _ box: String, _ configuration: [UInt8]) {
        let fields = format == "mp4a" ? Self.sound : Self.picture
        let entry = fields + Boxes.box(box, configuration)
        #expect(CodecProfile(format: format, entry: entry[...]) == nil)
        #expect(CodecProfile(format: format, entry: entry.prefix(10)) == nil)
    }
}
