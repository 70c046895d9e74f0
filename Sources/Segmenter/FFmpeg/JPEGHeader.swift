/// The head of a JPEG picture (ITU-T T.81, annex B).
enum JPEGHeader {
    /// A picture's size; nil if the bytes end before it, or are no JPEG.
    ///
    /// - Parameter bytes: from the picture's first on.
    static func size(_ bytes: ArraySlice<UInt8>) -> PictureSize? {
        var bytes = bytes.dropFirst(2)
        while true {
            // Any number of fill bytes may stand before a marker (B.1.1.2).
            bytes = bytes.drop { $0 == 0xFF }
            guard let marker = bytes.first, bytes.count >= 3 else { return nil }
            let segment = bytes.dropFirst()
            func number(at offset: Int) -> Int? {
                guard segment.count > offset + 1 else { return nil }
                let place = segment.startIndex + offset
                return Int(segment[place]) << 8 | Int(segment[place + 1])
            }
            guard let length = number(at: 0) else { return nil }
            // Start of frame, of whatever kind; in between lie DHT, JPG and DAC (table B.1).
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                guard let height = number(at: 3), let width = number(at: 5), width > 0, height > 0
                else { return nil }
                return PictureSize(width: width, height: height)
            }
            // Every segment but a frame's begins with its length, which counts itself.
            guard length >= 2, segment.count > length, segment[segment.startIndex + length] == 0xFF
            else { return nil }
            bytes = segment.dropFirst(length)
        }
    }
}
