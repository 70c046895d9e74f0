/// What a stream's pictures order about earlier ones (ITU-T H.264 §8.2.5), from its first picture on.
struct ReferenceMarks {
    private var parameters = H264Parameters()
    /// The newest picture's number, and how many frames have come since the first.
    private var newest: Int?
    private var frames = 0
    private var isOver = false

    /// - Parameter initFile: an initialisation segment with H.264's configuration (ISO/IEC 14496-15 §5.3.3.1).
    init(_ initFile: [UInt8]) throws(SegmenterError) {
        guard let movie = try BoxReader.find("moov", in: initFile[...]) else { return }
        for track in try BoxReader.all("trak", in: movie) {
            guard
                let entries = try BoxReader.find("mdia", "minf", "stbl", "stsd", in: track),
                let entry = try Self.entry(in: entries),
                // After the fields of a picture's entry (ISO/IEC 14496-12 §12.1.3).
                let configuration = try BoxReader.find("avcC", in: entry.dropFirst(78))
            else { continue }
            var reader = BoxReader(configuration)
            guard try reader.take(5).last.map({ $0 & 3 }) == 3 else {
                throw .malformedMedia("NAL units without four bytes of length")
            }
            for _ in 0..<2 {
                let count = try reader.take(1).reduce(0) { $0 + Int($1 & 0x1F) }
                for _ in 0..<count {
                    let unit = NALUnit(bytes: try reader.take(Int(try reader.unsigned16())))
                    try parameters.learn(from: [unit])
                }
            }
        }
    }

    private static func entry(
        in entries: ArraySlice<UInt8>
    ) throws(SegmenterError) -> ArraySlice<UInt8>? {
        var reader = BoxReader(entries.dropFirst(8))
        guard let entry = try reader.next(), ["avc1", "avc3"].contains(entry.type) else {
            return nil
        }
        return entry.body
    }

    /// The next picture without what it orders about those from before the first; nil if there is none of that.
    mutating func forgetEarlier(
        in sample: ArraySlice<UInt8>
    ) throws(SegmenterError) -> [UInt8]? {
        if isOver { return nil }
        guard let units = NALUnit.all(in: sample) else {
            throw .malformedMedia("a sample that is no row of NAL units")
        }
        try parameters.learn(from: units)
        var isChanged = false
        var forgetful: [UInt8] = []
        for unit in units {
            var bytes = Array(unit.bytes)
            // It has no earlier pictures, and none of the first one's number follows.
            if unit.kind == NALUnit.Kind.instantRefresh { isOver = true }
            if unit.kind == NALUnit.Kind.slice {
                let header = try SliceHeader(unit, parameters)
                count(header)
                if let operations = header.operations(since: frames) {
                    bytes = header.rewrite(unit, operations: operations)
                    isChanged = true
                }
            }
            forgetful += BoxWriter.number(UInt32(bytes.count)) + bytes
        }
        return isChanged ? forgetful : nil
    }

    private mutating func count(_ header: SliceHeader) {
        if let newest {
            let step = header.frameNumber - newest
            frames += step < 0 ? step + header.frameNumbers : step
        }
        newest = header.frameNumber
        // No number reaches further back.
        if frames > header.frameNumbers { isOver = true }
    }
}
