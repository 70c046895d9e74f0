import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Growing file")
struct GrowingFileTests {
    /// Reads all that is whole in a file's first bytes.
    private func fragments(
        of file: GrowingFile,
        within size: Int64,
        _ media: inout InitSegment?
    ) throws -> [Fragment] {
        var found: [Fragment] = []
        while true {
            let knewMovie = file.hasMovie
            if let fragment = try file.nextFragment(within: size, media: media) {
                found.append(fragment)
            } else if file.hasMovie && !knewMovie {
                media = try InitSegment(parsing: file.header)
            } else {
                return found
            }
        }
    }

    @Test(
        "Read byte by byte it gives each fragment once, as soon as it is whole",
        arguments: [0, 2]
    )
    func bytes(_ bFrames: Int) async throws {
        let video = TestVideo(
            audio: .aac,
            seconds: 2,
            size: "48x48",
            rate: 10,
            keyframeInterval: 10,
            bFrames: bFrames
        )
        let run = try await SampleRun.record(video)
        let path = run.written[1]
        let whole = try GrowingFile(path)
        let size = whole.state().size
        var media: InitSegment?
        let expected = try fragments(of: whole, within: size, &media)
        #expect(expected.count >= 5)
        #expect(whole.position == size)

        let file = try GrowingFile(path)
        media = nil
        var found: [Fragment] = []
        for length in 0...size {
            for fragment in try fragments(of: file, within: length, &media) {
                #expect(fragment.offset + fragment.length == length)
                found.append(fragment)
            }
        }
        #expect(found == expected)
        #expect(media == (try SegmentFile.readInit(path)))
        // One after the other, from the end of the header on.
        #expect(found.first?.offset == Int64(file.header.count))
        for (one, next) in zip(found, found.dropFirst()) {
            #expect(next.offset == one.offset + one.length)
        }
    }

    private func written(_ boxes: [UInt8]...) throws -> (TemporaryFolder, GrowingFile, Int64) {
        let folder = try TemporaryFolder()
        let bytes = boxes.flatMap { $0 }
        try Data(bytes).write(to: folder.file("000000.m4s"))
        return (folder, try GrowingFile(folder.path + "/000000.m4s"), Int64(bytes.count))
    }

    private static func moof(at time: UInt64) -> [UInt8] {
        Boxes.box(
            "moof",
            Boxes.fragment(
                decodeTime: time,
                count: 1,
                flags: 0x004,
                samples: Boxes.number(UInt32(time == 0 ? 0 : 0x0001_0000))
            )
        )
    }

    private static let data = Boxes.box("mdat", [1, 2, 3])
    private static let header = Boxes.box("ftyp", Array("iso5".utf8)) + Boxes.emptyInit
    private static let index = Boxes.box("sidx", [0, 0, 0, 0])

    @Test("Each is a moof and the mdat after it; what stands between is in none")
    func places() throws {
        let (first, second) = (Self.moof(at: 0), Self.moof(at: 40))
        let (folder, file, size) = try written(
            Self.header,
            first,
            Self.data,
            Self.index,
            second,
            Self.data
        )
        #expect(try file.nextFragment(within: size, media: nil) == nil)
        #expect(file.hasMovie && file.header == Self.header)
        let one = try #require(try file.nextFragment(within: size, media: .example))
        let two = try #require(try file.nextFragment(within: size, media: .example))
        #expect(try file.nextFragment(within: size, media: .example) == nil)
        #expect(one.offset == Int64(Self.header.count))
        #expect(one.length == Int64(first.count + Self.data.count))
        #expect(two.offset == one.offset + one.length + Int64(Self.index.count))
        #expect([one, two].map(\.timing?.startsOnKeyframe) == [true, false])
        #expect(two.timing?.decodeEnd == .milliseconds(80))
        withExtendedLifetime(folder) {}
    }

    @Test("A file with nothing in it holds none")
    func none() throws {
        let (folder, file, size) = try written([])
        #expect(try file.nextFragment(within: size, media: nil) == nil)
        #expect(!file.hasMovie)
        withExtendedLifetime(folder) {}
    }

    @Test("What is no media file is refused, and so is a fragment without its data or its header")
    func damaged() throws {
        let moof = Self.moof(at: 0)
        let files = [
            Self.header + moof + Self.index + Self.data, Self.header + moof + moof + Self.data,
            moof + Self.data, [0, 0, 0, 3] + Array("ftyp".utf8),
        ]
        for bytes in files {
            let (folder, file, size) = try written(bytes)
            #expect(throws: SegmenterError.self) {
                var media: InitSegment?
                if bytes.starts(with: Self.header) {
                    _ = try file.nextFragment(within: size, media: nil)
                    media = .example
                }
                _ = try file.nextFragment(within: size, media: media)
            }
            withExtendedLifetime(folder) {}
        }
    }

    @Test("A file that is not there yet is a typed error")
    func missing() throws {
        let folder = try TemporaryFolder()
        #expect(throws: SegmenterError.system(call: "open", errno: ENOENT)) {
            _ = try GrowingFile(folder.path + "/000000.m4s")
        }
    }
}
