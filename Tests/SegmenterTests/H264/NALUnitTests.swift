import TestSupport
import Testing

@testable import Segmenter

@Suite("NAL units of H.264")
struct NALUnitTests {
    @Test("A payload that looks like a start code comes back as it was")
    func escaping() {
        let unit = NALUnit(bytes: [0x41, 7, 0, 0, 3, 1, 0, 0, 3, 3, 0, 0, 3][...])
        #expect(unit.kind == NALUnit.Kind.slice && unit.isReference)
        #expect(unit.payload() == [7, 0, 0, 1, 0, 0, 3, 0, 0])
        #expect(unit.payload(limit: 3) == [7, 0, 0])
        var generator = SplitMix64(seed: 7)
        for _ in 0..<500 {
            let payload = (0..<40).map { _ in UInt8.random(in: 0...3, using: &generator) }
            let written = unit.replacing(payload: payload)
            #expect(NALUnit(bytes: written[...]).payload() == payload)
            for index in written.indices.dropLast(2) {
                #expect(written[index] != 0 || written[index + 1] != 0 || written[index + 2] > 2)
            }
        }
    }

    @Test("A sample is a row of units, or none")
    func samples() {
        #expect(NALUnit.all(in: [0, 0, 0, 1, 9, 0, 0, 0, 2, 5, 6][...])?.map(\.kind) == [9, 5])
        #expect(NALUnit.all(in: [][...])?.isEmpty == true)
        #expect(NALUnit.all(in: [0, 0, 0, 3, 9][...]) == nil)
        #expect(NALUnit.all(in: [0, 0, 0, 1, 9, 0][...]) == nil)
    }

    @Test("Numbers are read as they are written")
    func numbers() throws {
        var writer = BitWriter()
        let numbers = [0, 1, 2, 7, 8, 254, 255, 65_535, 1_000_000]
        for number in numbers { writer.append(unsigned: number) }
        #expect(writer.bytes[0] == 0b1010_0110)
        var reader = BitReader(writer.bytes)
        for number in numbers { #expect(try reader.unsigned() == number) }
        reader = BitReader([0b1010_0110, 0b0100_0010, 0b1000_0000])
        for number in [0, 1, -1, 2, -2] { #expect(try reader.signed() == number) }
        #expect(throws: SegmenterError.self) { while true { _ = try reader.unsigned() } }
    }
}
