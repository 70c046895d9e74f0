import Testing

@testable import Segmenter

@Suite("Initialisation segment")
struct InitSegmentTests {
    @Test(
        "Reads the tracks that ffmpeg writes",
        arguments: [
            (SampleRun.Kind.h264, "avc1"),
            (.h264BFrames, "avc1"),
            (.h265, "hvc1"),
            (.av1, "av01"),
        ]
    )
    func video(_ kind: SampleRun.Kind, _ format: String) async throws {
        let media = try SegmentFile.readInit(try await SampleRun.of(kind).initPath)
        let video = try #require(media.video)
        #expect(video.kind == .video(width: 320, height: 180))
        #expect(video.format == format)
        #expect(video.timescale > 0)
        #expect(media.audio == nil)
        #expect(media.tracks.count == 1)
    }

    @Test("Reads sound beside picture")
    func audio() async throws {
        let media = try SegmentFile.readInit(try await SampleRun.of(.h264AAC).initPath)
        #expect(media.tracks.count == 2)
        #expect(media.audio?.codec == "aac")
        #expect(media.audio?.timescale == 48_000)
        #expect(media.video?.codec == "h264")
    }

    @Test("Runs of one camera agree, those of another size, codec or profile do not")
    func agreement() async throws {
        func media(_ kind: SampleRun.Kind) async throws -> InitSegment {
            try SegmentFile.readInit(try await SampleRun.of(kind).initPath)
        }
        let one = try #require(try await media(.h264).video)
        let silent = try #require(try await media(.h264AAC).video)
        #expect(one.agrees(with: silent))
        for kind in [SampleRun.Kind.h264BFrames, .h265, .av1] {
            let other = try #require(try await media(kind).video)
            #expect(!one.agrees(with: other))
        }
        let sound = try #require(try await media(.h264AAC).audio)
        #expect(sound.agrees(with: sound))
        #expect(!sound.agrees(with: one))
    }

    @Test("A movie without a track has none")
    func noTracks() throws {
        let media = try InitSegment(parsing: Boxes.emptyInit)
        #expect(media.tracks.isEmpty)
        #expect(media.video == nil)
    }

    @Test(
        "Refuses what is no initialisation segment",
        arguments: [
            [],
            Array("#EXTM3U\n#EXT-X-VERSION:7\n".utf8),
            Boxes.box("ftyp", [0, 0, 0, 0]),
            Boxes.box("moov"),
            Boxes.box("moov", Boxes.box("mvhd", Array(repeating: 0, count: 16))),
            Boxes.box("moov", Boxes.emptyInit.suffix(24) + Boxes.box("trak")),
        ]
    )
    func refuses(_ bytes: [UInt8]) {
        #expect(throws: SegmenterError.self) { try InitSegment(parsing: bytes) }
    }

    @Test("Has no media type while a track's codec has no known name")
    func mediaType() throws {
        #expect(try InitSegment(parsing: Boxes.emptyInit).mediaType == nil)
    }
}
