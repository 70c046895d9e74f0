import Testing

@testable import Segmenter

@Suite("Stream beginning")
struct StreamBeginningTests {
    /// A JPEG's head with its size: SOI, APP0, a fill byte, SOF0.
    private static let picture: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2]
        + [0xFF, 0xFF, 0xC0, 0, 11, 8, 1, 104, 2, 128, 1, 1, 0x11, 0]

    private static func bytes(_ head: String) -> [UInt8] { Array(head.utf8) + picture }

    private func beginning(_ head: String) -> StreamBeginning? {
        StreamBeginning(Self.bytes(head))
    }

    private func pictures(haveLengths: Bool) -> StreamBeginning {
        .pictures(.init(haveLengths: haveLengths, size: PictureSize(width: 640, height: 360)))
    }

    @Test(
        "By the book are a boundary, the plain type and a length",
        arguments: [
            "--f\r\nContent-Type: image/jpeg\r\nContent-Length: 9\r\n\r\n",
            "\r\n--f\r\nContent-Length:9\r\nContent-type:image/jpeg\r\n\r\n",
            "--f\nCONTENT-TYPE: Image/JPEG \ncontent-length: 9\nX-Time: 1:2\n\n",
        ]
    )
    func byTheBook(_ head: String) {
        #expect(beginning(head) == pictures(haveLengths: true))
    }

    @Test(
        "All else with a picture in it is read as bare pictures",
        arguments: [
            "", "--f\r\n\r\n", "Content-Type: image/jpeg\r\nContent-Length: 9\r\n\r\n",
            "--f\r\n--f\r\nContent-Type: image/jpeg\r\nContent-Length: 9\r\n\r\n",
            "--f\r\nContent-Type: image/jpeg\r\n\r\n",
            "--f\r\nContent-Length: 9\r\n\r\n",
            "--f\r\nContent-Type: image/jpg\r\nContent-Length: 9\r\n\r\n",
            "--f\r\nContent-Type: image/jpeg; charset=utf-8\r\nContent-Length: 9\r\n\r\n",
            "--f\r\nContent-Type: image/jpeg\r\nContent-Length: 0\r\n\r\n",
            "--f\r\nContent-Type: image/jpeg\r\nContent-Length: 9\r\n\r\n\r\n",
        ]
    )
    func offStandard(_ head: String) {
        #expect(beginning(head) == pictures(haveLengths: false))
    }

    @Test("Nothing is said before the first picture's size has come")
    func tooFew() {
        let bytes = Self.bytes("--f\r\nContent-Type: image/jpeg\r\nContent-Length: 9\r\n\r\n")
        let enough = bytes.count - 5
        for count in 0..<enough {
            #expect(StreamBeginning(Array(bytes.prefix(count))) == nil, "\(count)")
        }
        #expect(StreamBeginning(bytes) == pictures(haveLengths: true))
    }

    @Test(
        "What is no text before a picture is something else",
        arguments: [
            Array("FLV\u{1}".utf8), [0x47, 0x40, 0x00], [0, 0, 0, 32] + Array("ftyp".utf8),
            [0, 0, 0, 1, 0x67], Array("a\u{0}".utf8) + picture,
            Array(repeating: UInt8(ascii: "#"), count: 9000),
        ] as [[UInt8]]
    )
    func others(_ bytes: [UInt8]) {
        #expect(StreamBeginning(bytes) == .other)
    }

    @Test("A size beyond what may be decoded is left out")
    func hugePicture() {
        var bytes = Self.picture
        bytes.replaceSubrange(14..<18, with: [0x3E, 0x80, 0x3E, 0x80])
        #expect(
            StreamBeginning(bytes) == .pictures(.init(haveLengths: false, size: nil))
        )
    }

    @Test("ffmpeg's picture of bytes is read, whatever they look like as text")
    func hexDump() {
        let line =
            "[info] 00000010  2d 54 79 70 65 3a 20 69 6d 61 67 65 2f 6a 70 65 -Type: image/jpe"
        #expect(HexDump.bytes(in: line) == Array("-Type: image/jpe".utf8))
        #expect(
            HexDump.bytes(
                in: "[info] 00000410  20 61 62" + "                                          ab"
            ) == Array(" ab".utf8)
        )
        for other in ["[info] stream #0:", "[info]   keyframe=1", "[error] 00000010  2d 54", ""] {
            #expect(HexDump.bytes(in: other).isEmpty)
        }
    }
}
