import TestSupport
import Testing

@testable import Segmenter

@Suite("Fragments of a file")
struct FragmentTests {
    private static func moof(at time: UInt64, isKeyframe: Bool = false) -> [UInt8] {
        Boxes.box(
            "moof",
            Boxes.fragment(
                decodeTime: time,
                count: 1,
                flags: 0x004,
                samples: Boxes.number(UInt32(isKeyframe ? 0 : 0x0001_0000))
            )
        )
    }

    private static let data = Boxes.box("mdat", [1, 2, 3])
    private static let type = Boxes.box("styp", Array("msdh".utf8))
    private static let index = Boxes.box("sidx", [0, 0, 0, 0])

    private func fragments(_ boxes: [UInt8]...) throws -> [Fragment] {
        try Fragment.all(of: Bytes(boxes.flatMap { $0 }), track: Boxes.track)
    }

    @Test("Each is a moof and the mdat after it; what stands between is in none")
    func places() throws {
        let (first, second) = (Self.moof(at: 0, isKeyframe: true), Self.moof(at: 40))
        let found = try fragments(
            Self.type,
            Self.index,
            first,
            Self.data,
            Self.index,
            second,
            Self.data
        )
        let before = Self.type.count + Self.index.count
        let length = Self.moof(at: 0).count + Self.data.count
        let offsets = [before, before + length + Self.index.count]
        #expect(found.map(\.offset) == offsets.map(Int64.init))
        #expect(found.map(\.length) == [Int64(length), Int64(length)])
        #expect(found.map(\.timing.startsOnKeyframe) == [true, false])
        #expect(found.map(\.timing.decodeStart) == [.zero, .milliseconds(40)])
        #expect(found.map(\.timing.decodeEnd) == [.milliseconds(40), .milliseconds(80)])
    }

    @Test("A file with nothing but its type holds none")
    func none() throws {
        #expect(try fragments(Self.type).isEmpty)
        #expect(try fragments([]).isEmpty)
    }

    @Test("A fragment without its media data is refused")
    func withoutData() {
        let moof = Self.moof(at: 0)
        #expect(throws: SegmenterError.self) { try fragments(moof) }
        #expect(throws: SegmenterError.self) { try fragments(moof, Self.index, Self.data) }
        #expect(throws: SegmenterError.self) { try fragments(moof, moof, Self.data) }
        #expect(throws: SegmenterError.self) { try fragments(moof, Self.data.dropLast()) }
    }

    private func fragments(_ head: [UInt8], _ cut: ArraySlice<UInt8>) throws -> [Fragment] {
        try fragments(head, Array(cut))
    }

    @Test("Those of a recording follow each other in the order of decoding", arguments: [0, 3])
    func recording(_ bFrames: Int) async throws {
        let run = try await SampleRun.of(bFrames == 0 ? .h264AAC : .h264BFrames)
        let video = try #require(try SegmentFile.readInit(run.initPath).video)
        let found = try run.parts.flatMap { path in
            try Fragment.all(of: try File(reading: path), track: video)
        }
        #expect(found.count >= 15)
        for (one, next) in zip(found, found.dropFirst()) {
            #expect(abs((next.timing.decodeStart - one.timing.decodeEnd).seconds) < 0.000_002)
            // Nothing that comes later is shown before a fragment's end of decoding.
            #expect(next.timing.start >= one.timing.decodeEnd - .microseconds(1))
        }
        #expect(found.filter(\.timing.startsOnKeyframe).count == 3)
    }
}
