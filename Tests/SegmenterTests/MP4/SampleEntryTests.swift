import Testing

@testable import Segmenter

@Suite("Sample entry")
struct SampleEntryTests {
    /// A sample entry of video with these boxes.
    private func video(_ boxes: [UInt8]...) -> [UInt8] {
        parameters("avc1", Array(repeating: 9, count: 78), boxes, .video(width: 2, height: 2))
    }

    /// A sample entry of sound with these boxes.
    private func sound(channels: UInt8 = 2, _ boxes: [UInt8]...) -> [UInt8] {
        let fields: [UInt8] =
            Array(repeating: 0, count: 16)
            + [0, channels, 0, 16, 0, 0, 0, 0, 0xBB, 0x80, 0, 0]
        return parameters("mp4a", fields, boxes, .audio)
    }

    private func parameters(
        _ type: String,
        _ fields: [UInt8],
        _ boxes: [[UInt8]],
        _ kind: Track.Kind
    ) -> [UInt8] {
        let body = fields + boxes.joined()
        return SampleEntry.decoderParameters(of: .init(type: type, body: body[...]), kind: kind)
    }

    /// As ffmpeg writes it: each length in four bytes.
    private func streamDescription(rate: UInt8, decoder: [UInt8]) -> [UInt8] {
        Boxes.box(
            "esds",
            [0, 0, 0, 0]
                + [3, 0x80, 0x80, 0x80, 37, 0, 2, 0]
                + [4, 0x80, 0x80, 0x80, 23, 0x40, 0x15, 0, 0, 0]
                + [0, 0, rate, 0, 0, 0, rate, 1]
                + [5, 0x80, 0x80, 0x80, UInt8(decoder.count)] + decoder
                + [6, 0x80, 0x80, 0x80, 1, 2]
        )
    }

    @Test("A picture's parameter sets and shape count, its bit rate does not")
    func picture() {
        let one = video(Boxes.box("avcC", [1, 2, 3]), Boxes.box("btrt", [1]))
        #expect(one == video(Boxes.box("avcC", [1, 2, 3]), Boxes.box("btrt", [2])))
        #expect(one == video(Boxes.box("avcC", [1, 2, 3])))
        #expect(one != video(Boxes.box("avcC", [1, 2, 4])))
        #expect(one != video(Boxes.box("avcC", [1, 2, 3]), Boxes.box("pasp", [1])))
        #expect(one != video(Boxes.box("hvcC", [1, 2, 3])))
    }

    @Test("A sound's channels and its decoder's bytes count, its bit rate does not")
    func audio() {
        let one = sound(streamDescription(rate: 1, decoder: [0x11, 0x90]))
        #expect(one == sound(streamDescription(rate: 2, decoder: [0x11, 0x90])))
        #expect(one != sound(streamDescription(rate: 1, decoder: [0x12, 0x10])))
        #expect(one != sound(channels: 1, streamDescription(rate: 1, decoder: [0x11, 0x90])))
        #expect(sound(Boxes.box("dac3", [1])) != sound(Boxes.box("dac3", [2])))
    }

    @Test("An entry of another make is compared as a whole")
    func unknown() {
        let broken: [UInt8] = [0, 0, 0, 99]
        #expect(video(broken) == Array(repeating: 9, count: 78) + broken)
        #expect(sound(Boxes.box("esds", [0, 0, 0, 0, 8])).suffix(1) == [8])
        let short = BoxReader.Box(type: "avc1", body: [1, 2])
        #expect(SampleEntry.decoderParameters(of: short, kind: .audio) == [1, 2])
    }
}
