import Testing

@testable import Segmenter

@Suite("Parameter sets")
struct ParameterSetsTests {
    private func sample(_ units: [UInt8]...) -> [UInt8] {
        units.flatMap { Boxes.number(UInt32($0.count)) + $0 }
    }

    @Test("Finds H.264's sequence parameter sets among what else stands before a picture")
    func h264() {
        let sample = sample([0x09, 0x10], [0x67, 1, 2], [0x68, 3], [0x06, 4], [0x65, 5, 6])
        #expect(ParameterSets.sequence(in: sample, format: "avc1") == [0x67, 1, 2])
    }

    @Test("Finds H.265's")
    func h265() {
        let sample = sample([0x40, 1, 9], [0x42, 1, 2], [0x44, 1, 3], [0x26, 1, 4])
        #expect(ParameterSets.sequence(in: sample, format: "hvc1") == [0x42, 1, 2])
    }

    @Test("A picture that reaches past what was read, and a damaged length, end the search")
    func cutShort() {
        let picture = Array(sample([0x67, 1], [0x65] + Array(repeating: 7, count: 90)).prefix(40))
        #expect(ParameterSets.sequence(in: picture, format: "avc1") == [0x67, 1])
        let damaged = Boxes.number(UInt32.max) + [0x67, 1]
        #expect(ParameterSets.sequence(in: damaged, format: "avc1").isEmpty)
    }

    @Test("Other codecs have none", arguments: ["av01", "mp4v"])
    func others(_ format: String) {
        #expect(ParameterSets.sequence(in: sample([0x67, 1]), format: format).isEmpty)
    }
}
