/// Tells a keyframe after which pictures may come that are made of earlier ones (open GOP).
enum OpenKeyframe {
    /// So much of a sample holds what stands before its picture.
    static let reach = 4096

    /// Whether a keyframe is one.
    ///
    /// - Parameters:
    ///   - beginning: of the sample, NAL units after their length in four bytes.
    ///   - format: the sample entry's four-character code.
    static func isAt(_ beginning: ArraySlice<UInt8>, format: String) -> Bool {
        var reader = BoxReader(beginning)
        while let length = try? reader.unsigned32(), let header = reader.rest.first {
            switch format {
            case "avc1", "avc3":
                let kind = header & 0x1F
                // A picture, be it in parts.
                if 1...NALUnit.Kind.instantRefresh ~= kind {
                    return kind != NALUnit.Kind.instantRefresh
                }
            case "hvc1", "hev1":
                // ITU-T H.265 §7.4.2.2: a clean random access picture, or a broken link of its kind.
                let kind = header >> 1 & 0x3F
                if kind < 32 { return kind == 21 || kind == 16 }
            default: return false
            }
            guard (try? reader.skip(Int(length))) != nil else { return false }
        }
        return false
    }

    /// Whether pictures of such a track can be told at all.
    static func isTold(format: String) -> Bool {
        ["avc1", "avc3", "hvc1", "hev1"].contains(format)
    }
}
