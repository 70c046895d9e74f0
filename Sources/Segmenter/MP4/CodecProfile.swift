/// A track's codec as its decoder configuration states it: profile, level, and the name for playlists.
package struct CodecProfile: Sendable, Hashable {
    /// The codec's own name for it: `High`, `Main 10`; nil when that has none.
    package var profile: String?
    /// `4.0`; nil for sound.
    package var level: String?
    /// RFC 6381's name, as CODECS takes it: `avc1.640028`.
    package var codecs: String

    package init(profile: String? = nil, level: String? = nil, codecs: String) {
        self.profile = profile
        self.level = level
        self.codecs = codecs
    }

    /// `High@4.0`, or what of it is known.
    package var name: String? {
        guard let profile else { return nil }
        return level.map { "\(profile)@\($0)" } ?? profile
    }

    /// Reads a sample entry; nil when its codec is another or its configuration is missing.
    ///
    /// - Parameter format: the entry's four-character code.
    init?(format: String, entry: ArraySlice<UInt8>) {
        // The fields before the boxes: ISO/IEC 14496-12 §12.1.3 and §12.2.3.
        let boxes: (Int) -> ArraySlice<UInt8> = { entry.dropFirst($0) }
        let (picture, sound) = (78, 28)
        var read: CodecProfile?
        switch format {
        case "avc1", "avc3":
            read = Self.box("avcC", in: boxes(picture)).flatMap { Self.avc(format, $0) }
        case "hvc1", "hev1":
            read = Self.box("hvcC", in: boxes(picture)).flatMap { Self.hevc(format, $0) }
        case "av01":
            read = Self.box("av1C", in: boxes(picture)).flatMap { Self.av1($0) }
        case "mp4a":
            read = Self.box("esds", in: boxes(sound)).flatMap { Self.mpeg4Audio($0) }
        case "ac-3", "ec-3":
            read = CodecProfile(codecs: format)
        default:
            break
        }
        guard let read else { return nil }
        self = read
    }

    /// Damage here is no reason to refuse the footage.
    private static func box(_ type: String, in bytes: ArraySlice<UInt8>) -> [UInt8]? {
        (try? BoxReader.find(type, in: bytes)).flatMap { $0 }.map { Array($0) }
    }

    /// ISO/IEC 14496-15 §5.3.3.1; profiles of ITU-T H.264 §A.2, levels of §A.3.
    private static func avc(_ format: String, _ bytes: [UInt8]) -> CodecProfile? {
        guard bytes.count >= 4 else { return nil }
        let (profile, constraints, level) = (bytes[1], bytes[2], bytes[3])
        let name: String? =
            switch profile {
            case 66: constraints & 0x40 != 0 ? "Constrained Baseline" : "Baseline"
            case 77: "Main"
            case 88: "Extended"
            case 100: constraints & 0x0C == 0x0C ? "Constrained High" : "High"
            case 110: "High 10"
            case 122: "High 4:2:2"
            case 244: "High 4:4:4 Predictive"
            default: nil
            }
        let is1b = level == 9 || (level == 11 && constraints & 0x10 != 0 && profile < 100)
        return CodecProfile(
            profile: name,
            level: is1b ? "1b" : "\(level / 10).\(level % 10)",
            codecs: "\(format)." + [profile, constraints, level].map(hexPair).joined()
        )
    }

    /// ISO/IEC 14496-15 §8.3.3.1; the name by its annex E.3, the profiles of ITU-T H.265 §A.3.
    private static func hevc(_ format: String, _ bytes: [UInt8]) -> CodecProfile? {
        guard bytes.count >= 13 else { return nil }
        let profile = bytes[1] & 0x1F
        let space = ["", "A", "B", "C"][Int(bytes[1] >> 6)]
        let tier = bytes[1] & 0x20 != 0 ? "H" : "L"
        // The 32 flags with the first as the lowest bit.
        let compatibility = bytes[2..<6].reversed().reduce(UInt32(0)) { flags, byte in
            (0..<8).reduce(flags) { $0 << 1 | UInt32(byte >> $1 & 1) }
        }
        var constraints = Array(bytes[6..<12])
        while constraints.last == 0 { constraints.removeLast() }
        let level = bytes[12]
        let parts =
            [
                format, "\(space)\(profile)", String(compatibility, radix: 16, uppercase: true),
                "\(tier)\(level)",
            ] + constraints.map { String($0, radix: 16, uppercase: true) }
        let names: [UInt8: String] = [
            1: "Main", 2: "Main 10", 3: "Main Still Picture", 4: "Format Range Extensions",
        ]
        return CodecProfile(
            profile: names[profile],
            level: "\(level / 30).\(level % 30 / 3)",
            codecs: parts.joined(separator: ".")
        )
    }

    /// "AV1 Codec ISO Media File Format Binding" §2.3 and §5.
    private static func av1(_ bytes: [UInt8]) -> CodecProfile? {
        guard bytes.count >= 3 else { return nil }
        let (profile, level) = (Int(bytes[1] >> 5), Int(bytes[1] & 0x1F))
        let tier = bytes[2] & 0x80 != 0 ? "H" : "M"
        let depth = bytes[2] & 0x40 == 0 ? "08" : bytes[2] & 0x20 == 0 ? "10" : "12"
        let names = ["Main", "High", "Professional"]
        return CodecProfile(
            profile: profile < names.count ? names[profile] : nil,
            level: "\(2 + level / 4).\(level % 4)",
            codecs: "av01.\(profile).\(level < 10 ? "0" : "")\(level)\(tier).\(depth)"
        )
    }

    /// The descriptors of ISO/IEC 14496-1 §7.2.6, in an `esds` box (ISO/IEC 14496-14 §5.6).
    private static func mpeg4Audio(_ bytes: [UInt8]) -> CodecProfile? {
        var rest = bytes.dropFirst(4)
        /// Enters the next descriptor if it has this tag.
        func enter(_ tag: UInt8) -> Bool {
            guard rest.popFirst() == tag else { return false }
            // Its length: seven bits in each byte, the highest says that another follows.
            while let byte = rest.popFirst(), byte & 0x80 != 0 {}
            return true
        }
        guard enter(3), rest.count > 3 else { return nil }
        let flags = rest[rest.startIndex + 2]
        rest = rest.dropFirst(3 + (flags & 0x80 != 0 ? 2 : 0))
        guard flags & 0x60 == 0, enter(4), let type = rest.first else { return nil }
        guard type == 0x40 else { return CodecProfile(codecs: "mp4a." + hexPair(type)) }
        rest = rest.dropFirst(13)
        guard enter(5), let configuration = rest.first else { return nil }
        // AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1) begins with the object type.
        let objectType = configuration >> 3
        let names: [UInt8: String] = [1: "Main", 2: "LC", 5: "HE-AAC", 29: "HE-AACv2"]
        return CodecProfile(profile: names[objectType], codecs: "mp4a.40.\(objectType)")
    }

    private static func hexPair(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
