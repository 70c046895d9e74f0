/// What a sample entry (ISO/IEC 14496-12 §8.5.2, §12.1.3, §12.2.3) says to a decoder.
enum SampleEntry {
    /// The bytes that decide how samples are decoded: the boxes in the entry, and of sound its channels
    /// and rate. Bit rates are left out: ffmpeg measures them anew in each run.
    static func decoderParameters(of entry: BoxReader.Box, kind: Track.Kind) -> [UInt8] {
        // An entry of another make is compared as a whole.
        (try? parse(entry.body, kind)) ?? Array(entry.body)
    }

    private static func parse(
        _ body: ArraySlice<UInt8>,
        _ kind: Track.Kind
    ) throws(SegmenterError) -> [UInt8] {
        var reader = BoxReader(body)
        var parameters: [UInt8] = []
        switch kind {
        case .video:
            try reader.skip(78)
        case .audio:
            try reader.skip(16)
            parameters += try reader.take(12)
        }
        while let box = try reader.next() {
            if box.type == "btrt" { continue }
            parameters += Array(box.type.utf8)
            parameters += box.type == "esds" ? try stream(box.body) : box.body
        }
        return parameters
    }

    /// An `esds` box without its rates: the object's type and the decoder's own bytes (ISO/IEC 14496-1
    /// §7.2.6.5 and §7.2.6.6).
    private static func stream(
        _ body: ArraySlice<UInt8>
    ) throws(SegmenterError) -> ArraySlice<UInt8> {
        var reader = BoxReader(body)
        try reader.skip(4)
        try beginDescriptor(3, in: &reader)
        try reader.skip(3)
        try beginDescriptor(4, in: &reader)
        let objectType = try reader.take(1)
        // The kind of stream, a buffer's size, the highest and the average rate.
        try reader.skip(12)
        return objectType + reader.rest
    }

    /// Reads a descriptor's tag and its length of one to four bytes (ISO/IEC 14496-1 §8.3.3).
    private static func beginDescriptor(
        _ tag: UInt8,
        in reader: inout BoxReader
    ) throws(SegmenterError) {
        guard try reader.take(1).first == tag else {
            throw .malformedMedia("an unknown descriptor")
        }
        for _ in 0..<4 {
            if try reader.take(1).allSatisfy({ $0 < 0x80 }) { return }
        }
    }
}
