/// What a keyframe itself says of how it and those after it are decoded.
enum ParameterSets {
    /// They stand before the picture: so much of the first sample is enough.
    static let reach = 1024

    /// The sequence parameter sets at a sample's beginning (ITU-T H.264 §7.3.2.1, H.265 §7.3.2.2), one
    /// after the other; empty if there are none, or for another codec.
    ///
    /// - Parameters:
    ///   - sample: NAL units, each after its length in four bytes, as ffmpeg writes them (ISO/IEC 14496-15
    ///     §4.3.2).
    ///   - format: the sample entry's four-character code.
    static func sequence(in sample: [UInt8], format: String) -> [UInt8] {
        let isSought: (UInt8) -> Bool
        switch format {
        case "avc1", "avc3": isSought = { $0 & 0x1F == 7 }
        case "hvc1", "hev1": isSought = { $0 >> 1 & 0x3F == 33 }
        default: return []
        }
        var found: [UInt8] = []
        var reader = BoxReader(sample[...])
        while let length = try? reader.unsigned32(), let unit = try? reader.take(Int(length)) {
            if let header = unit.first, isSought(header) { found += unit }
        }
        return found
    }
}
