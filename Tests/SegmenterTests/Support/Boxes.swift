@testable import Segmenter

/// Boxes of ISO base media files, made by hand.
enum Boxes {
    /// A box of this type around these bytes.
    static func box(_ type: String, _ body: [UInt8]...) -> [UInt8] {
        let body = body.flatMap { $0 }
        return number(UInt32(body.count + 8)) + Array(type.utf8) + body
    }

    /// A number as the fields of boxes hold it, big end first.
    static func number(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    /// The smallest initialisation segment, without a track.
    static let emptyInit = box(
        "moov",
        box("mvhd", number(UInt32(0)), number(UInt64(0)), number(UInt32(1000)))
    )

    /// A fragment of track 1 with these samples, all of its fields in the boxes that it needs.
    static func fragment(decodeTime: UInt64, count: UInt32, flags: UInt32, samples: [UInt8])
        -> [UInt8]
    {
        box(
            "traf",
            box("tfhd", number(UInt32(0)), number(UInt32(1))),
            box("tfdt", number(UInt32(0x0100_0000)), number(decodeTime)),
            box("trun", number(flags), number(count), samples)
        )
    }

    /// A video track of 1000 ticks a second, whose samples last 40 and are no keyframes by default.
    static let track = Track(
        id: 1,
        kind: .video(width: 320, height: 180),
        format: "avc1",
        timescale: 1000,
        shift: .zero,
        defaultDuration: 40,
        defaultFlags: 0x0001_0000
    )
}
