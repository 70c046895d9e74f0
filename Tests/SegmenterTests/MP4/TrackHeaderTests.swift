import Testing

@testable import Segmenter

@Suite("Track header")
struct TrackHeaderTests {
    private static let one: UInt32 = 0x1_0000
    private static let minusOne: UInt32 = 0xFFFF_0000

    /// A `tkhd` box with a matrix' first five numbers, and a size in whole pixels and a fraction.
    private func header(
        version: UInt8 = 0,
        _ matrix: [UInt32],
        width: UInt32,
        height: UInt32
    ) throws -> TrackHeader {
        let times = version == 1 ? 16 : 8
        let duration = version == 1 ? 8 : 4
        var body: [UInt8] = [version, 0, 0, 0] + Array(repeating: 0, count: times)
        body += [0, 0, 0, 7] + Array(repeating: 0, count: 4 + duration + 16)
        for number: UInt32 in matrix + [0, 0, 0, 0x4000_0000] + [width, height] {
            body += (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
        }
        return try TrackHeader(body[...])
    }

    private let coded = PictureSize(width: 704, height: 576)

    @Test("Says what size a picture is shown in", arguments: [UInt8(0), 1])
    func size(_ version: UInt8) throws {
        let (one, minusOne) = (Self.one, Self.minusOne)
        func shown(_ matrix: [UInt32], _ width: UInt32, _ height: UInt32) throws -> String {
            let header = try header(version: version, matrix, width: width, height: height)
            #expect(header.id == 7)
            return header.shownSize(of: coded).text
        }
        let upright = [one, 0, 0, 0, one]
        #expect(try shown(upright, 704 << 16, 576 << 16) == "704x576")
        #expect(try shown(upright, 768 << 16 - 1, 576 << 16) == "768x576")
        #expect(try shown([0, one, 0, minusOne, 0], 704 << 16, 576 << 16) == "576x704")
        #expect(try shown([0, minusOne, 0, one, 0], 704 << 16, 576 << 16) == "576x704")
        #expect(try shown([minusOne, 0, 0, 0, minusOne], 704 << 16, 576 << 16) == "704x576")
        // Nothing said.
        #expect(try shown([0, 0, 0, 0, 0], 0, 0) == "704x576")
        #expect(try shown(upright, 0xFFFF_FFFF, 0xFFFF_FFFF) == "65536x65536")
    }

    @Test("One that is cut short is refused")
    func short() {
        let cut = Array(repeating: UInt8(0), count: 60)
        #expect(throws: SegmenterError.self) { try TrackHeader(cut[...]) }
    }
}
