import Testing

@testable import Segmenter

@Suite("Box reader (ISO/IEC 14496-12 §4.2)")
struct BoxReaderTests {
    @Test("Walks boxes in order, empty ones too")
    func walks() throws {
        let file = Boxes.box("ftyp", [1, 2, 3]) + Boxes.box("free") + Boxes.box("moov", [4])
        var reader = BoxReader(file[...])
        var found: [String] = []
        while let box = try reader.next() { found.append("\(box.type) \(Array(box.body))") }
        #expect(found == ["ftyp [1, 2, 3]", "free []", "moov [4]"])
    }

    @Test("Reads a box with a 64-bit size")
    func largeSize() throws {
        let large =
            Boxes.number(UInt32(1)) + Array("mdat".utf8) + Boxes.number(UInt64(18)) + [7, 8]
        var reader = BoxReader((large + Boxes.box("free"))[...])
        #expect(try reader.next().map { Array($0.body) } == [7, 8])
        #expect(try reader.next()?.type == "free")
    }

    @Test("A size of zero reaches to the end")
    func sizeOfZero() throws {
        var reader = BoxReader((Boxes.number(UInt32(0)) + Array("mdat".utf8) + [7, 8])[...])
        #expect(try reader.next().map { Array($0.body) } == [7, 8])
        #expect(try reader.next()?.type == nil)
    }

    @Test("Finds a box along a path, the first of several")
    func finds() throws {
        let file = Boxes.box(
            "moov",
            Boxes.box("trak", Boxes.box("tkhd", [1])),
            Boxes.box("trak", Boxes.box("tkhd", [2]))
        )
        #expect(try BoxReader.find("moov", "trak", "tkhd", in: file[...]).map(Array.init) == [1])
        #expect(try BoxReader.find("moov", "trak", "mdia", in: file[...]) == nil)
        let movie = try #require(try BoxReader.find("moov", in: file[...]))
        #expect(try BoxReader.all("trak", in: movie).count == 2)
    }

    @Test("Reads numbers, big end first")
    func numbers() throws {
        var reader = BoxReader([1, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1, 0, 9][...])
        #expect(try reader.unsigned16() == 0x0102)
        #expect(try reader.unsigned32() == 3)
        #expect(try reader.unsigned64() == 256)
        try reader.skip(1)
        #expect(throws: SegmenterError.self) { try reader.skip(1) }
    }

    @Test(
        "Throws where a size does not fit",
        arguments: [
            [UInt8(0), 0, 0],
            [0, 0, 0, 8],
            [0, 0, 0, 7] + Array("free".utf8),
            [0, 0, 0, 9] + Array("free".utf8),
            [0xff, 0xff, 0xff, 0xff] + Array("free".utf8),
            [0, 0, 0, 1] + Array("free".utf8),
            [0, 0, 0, 1] + Array("free".utf8) + Boxes.number(UInt64(15)),
            [0, 0, 0, 1] + Array("free".utf8) + Boxes.number(UInt64(17)),
            [0, 0, 0, 1] + Array("free".utf8) + Boxes.number(UInt64.max),
        ]
    )
    func refuses(_ bytes: [UInt8]) {
        #expect(throws: SegmenterError.self) {
            var reader = BoxReader(bytes[...])
            _ = try reader.next()
        }
    }
}
