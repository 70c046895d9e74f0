/// A NAL unit of H.264 (ITU-T H.264 §7.3.1).
struct NALUnit {
    enum Kind {
        static let slice: UInt8 = 1
        static let instantRefresh: UInt8 = 5
        static let sequenceParameters: UInt8 = 7
        static let pictureParameters: UInt8 = 8
    }

    /// As it stands in a stream, its header in the first byte.
    let bytes: ArraySlice<UInt8>

    var kind: UInt8 { (bytes.first ?? 0) & 0x1F }
    /// Whether later pictures may be made of it.
    var isReference: Bool { (bytes.first ?? 0) & 0x60 != 0 }

    /// Its payload, without the bytes that keep it from looking like a start code (§7.4.1.1).
    ///
    /// - Parameter limit: of no more than so many of its bytes.
    func payload(limit: Int = .max) -> [UInt8] {
        var payload: [UInt8] = []
        var zeros = 0
        for byte in bytes.dropFirst().prefix(limit) {
            if zeros >= 2 && byte == 3 {
                zeros = 0
                continue
            }
            payload.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return payload
    }

    /// One with the same header and another payload.
    func replacing(payload: [UInt8]) -> [UInt8] {
        var unit = Array(bytes.prefix(1))
        unit.reserveCapacity(payload.count + 16)
        var zeros = 0
        for byte in payload {
            if zeros >= 2 && byte <= 3 {
                unit.append(3)
                zeros = 0
            }
            unit.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return unit
    }

    /// Those of a sample, each after its length in four bytes, as ffmpeg writes them (ISO/IEC 14496-15 §5.3.4.2);
    /// nil if they do not fill it.
    static func all(in sample: ArraySlice<UInt8>) -> [NALUnit]? {
        var units: [NALUnit] = []
        var reader = BoxReader(sample)
        while !reader.rest.isEmpty {
            guard let length = try? reader.unsigned32(), let unit = try? reader.take(Int(length))
            else { return nil }
            units.append(NALUnit(bytes: unit))
        }
        return units
    }
}
