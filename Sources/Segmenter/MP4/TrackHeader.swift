/// A track's header (ISO/IEC 14496-12 §8.3.2), with the shape of what it shows.
struct TrackHeader {
    let id: UInt32
    /// How the picture is turned: nine numbers, as they stand there.
    let matrix: [UInt8]
    /// In square pixels, before it is turned; nil where nothing is said.
    private let size: PictureSize?

    /// - Parameter body: of a `tkhd` box.
    init(_ body: ArraySlice<UInt8>) throws(SegmenterError) {
        var reader = BoxReader(body)
        // Version 1 has 64-bit times.
        let isLong = try reader.unsigned32() >> 24 == 1
        try reader.skip(isLong ? 16 : 8)
        id = try reader.unsigned32()
        // Reserved fields, the duration, the layer, the group and the volume.
        try reader.skip(4 + (isLong ? 8 : 4) + 8 + 8)
        matrix = Array(try reader.take(36))
        // With sixteen binary digits after the point.
        let width = (Int(try reader.unsigned32()) + 0x8000) >> 16
        let height = (Int(try reader.unsigned32()) + 0x8000) >> 16
        size = width > 0 && height > 0 ? PictureSize(width: width, height: height) : nil
    }

    /// The size in which players show pictures that are stored in another one.
    func shownSize(of coded: PictureSize) -> PictureSize {
        let size = size ?? coded
        // {a, b, u, c, d, v, …}: by a quarter turn sides change places.
        let isOnItsSide = number(0) == 0 && number(4) == 0 && number(1) != 0 && number(3) != 0
        return isOnItsSide ? PictureSize(width: size.height, height: size.width) : size
    }

    private func number(_ index: Int) -> UInt32 {
        matrix[index * 4..<index * 4 + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
