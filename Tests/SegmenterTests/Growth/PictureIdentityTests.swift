import Testing

@testable import Segmenter

@Suite("Identity of the picture")
struct PictureIdentityTests {
    /// A NAL unit after its length.
    private func unit(_ bytes: UInt8...) -> [UInt8] { Boxes.number(UInt32(bytes.count)) + bytes }

    /// Whether each keyframe in turn is of the same picture.
    private func verdicts(_ format: String, _ keyframes: [[UInt8]]) -> [Bool] {
        var picture = PictureIdentity(format: format)
        return keyframes.map { picture.matches($0) }
    }

    @Test("Another sequence parameter set is another picture; the same, or none, is not")
    func h264() {
        let keyframes = [
            unit(0x67, 1, 2) + unit(0x65, 9), unit(0x67, 1, 2) + unit(0x65, 7), unit(0x65, 9),
            // What does not start with a keyframe.
            [], unit(0x67, 1, 3) + unit(0x65, 9),
        ]
        #expect(verdicts("avc1", keyframes) == [true, true, true, true, false])
    }

    @Test("A set that comes with a later keyframe is the one that others are held against")
    func late() {
        let keyframes = [unit(0x26, 0), unit(0x42, 1, 5), unit(0x42, 1, 6)]
        #expect(verdicts("hvc1", keyframes) == [true, true, false])
    }

    @Test("Of other codecs it knows nothing")
    func other() {
        #expect(verdicts("av01", [unit(0x67, 1), unit(0x67, 2)]) == [true, true])
    }
}
