import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Independent segment")
struct IndependentSegmentTests {
    private let folder: TemporaryFolder
    private var initPath: String { folder.path + "/0.m4s" }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Makes three segments of about a second, with sound; each begins with its own header.
    private func segment(_ video: TestVideo, _ options: [String]) async throws -> [String] {
        let source = folder.file("source.mp4")
        try await video.write(to: source, options: options)
        try await TestSupport.ChildProcess.check(
            "ffmpeg",
            ["-v", "error", "-i", source.path, "-map", "0", "-c", "copy", "-f", "segment"]
                + ["-segment_time", "0.9", "-segment_format", "mp4", "-segment_format_options"]
                + [
                    "movflags=+empty_moov+default_base_moof+frag_keyframe+frag_discont:"
                        + "frag_duration=200000:use_editlist=0:avoid_negative_ts=disabled"
                ]
                + ["%d.m4s"],
            workingDirectory: folder.url
        )
        return (0..<3).map { folder.path + "/\($0).m4s" }
    }

    private func video(_ codec: TestVideo.VideoCodec = .h264, bFrames: Int) -> TestVideo {
        TestVideo(
            video: codec,
            audio: .aac,
            seconds: 3.2,
            size: "160x96",
            keyframeInterval: 25,
            bFrames: bFrames
        )
    }

    private static let open = "open-gop=1:keyint=28:min-keyint=15:scenecut=0:b-adapt=0:bframes=3"

    private func independent(_ path: String) throws -> IndependentSegment? {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return try .make(of: path, upTo: try #require(size), initPath: initPath)
    }

    @Test("What can begin as it is stays so")
    func closed() async throws {
        for path in try await segment(video(bFrames: 2), []) {
            #expect(try independent(path)?.bytes == nil)
        }
    }

    @Test(
        "It loses the pictures shown before its keyframe, and no sound",
        arguments: [TestVideo.VideoCodec.h264, .h265]
    )
    func leading(_ codec: TestVideo.VideoCodec) async throws {
        let flag = codec == .h264 ? "-x264-params" : "-x265-params"
        let options = ["-preset", "medium", flag, Self.open]
        let paths = try await segment(video(codec, bFrames: 3), options)
        // The very first picture is one that begins everything anew.
        if codec == .h264 { #expect(try independent(paths[0])?.bytes == nil) }
        let before = try Data(contentsOf: URL(filePath: paths[1]))
        let made = try #require(try independent(paths[1]))
        #expect(try Data(contentsOf: URL(filePath: paths[1])) == before)

        let (old, new) = (URL(filePath: paths[1]), folder.file("new.mp4"))
        try Data(made.bytes).write(to: new)
        let pictures = try await MediaProbe.packets(of: old)
        let start = pictures[0].pts
        let kept = try await MediaProbe.packets(of: new)
        #expect(kept.count < pictures.count)
        #expect(kept.map(\.pts) == pictures.map(\.pts).filter { $0 >= start })
        #expect(abs(made.mediaStart.seconds - start) < 0.000_002)
        let sound = try await MediaProbe.packets(of: old, stream: "a:0").map(\.pts)
        #expect(try await MediaProbe.packets(of: new, stream: "a:0").map(\.pts) == sound)
        #expect(try await MediaProbe.decodingErrors(of: new) == "")
        // And there is nothing left to do.
        try Data(made.bytes).write(to: URL(filePath: paths[1]))
        #expect(try independent(paths[1])?.bytes == nil)
    }

    @Test("No damage is a trap")
    func damaged() async throws {
        let options = ["-preset", "medium", "-x264-params", Self.open]
        let path = try await segment(video(bFrames: 3), options)[1]
        let bytes = try Data(contentsOf: URL(filePath: path))
        var generator = SplitMix64(seed: 3)
        for number in 0..<1000 {
            var damaged = bytes
            // In the heads, in its first pictures, or anywhere.
            let reach = [2000, 5000, bytes.count][number % 3]
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let position = Int.random(in: 0..<reach, using: &generator)
                damaged[position] = UInt8.random(in: 0...255, using: &generator)
            }
            let length = number % 7 == 0 ? Int.random(in: 0..<bytes.count, using: &generator) : nil
            try damaged.prefix(length ?? bytes.count).write(to: URL(filePath: path))
            _ = try? independent(path)
        }
    }
}
