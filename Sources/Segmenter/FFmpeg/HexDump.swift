/// The lines in which ffmpeg shows a packet's bytes (`-dump -hex`, av_hex_dump_log in libavformat/dump.c).
enum HexDump {
    /// `[info] 00000010  2d 54 79 70 65 3a 20 69 6d 61 67 65 2f 6a 70 65 -Type: image/jpe`; none in other lines.
    static func bytes(in line: String) -> [UInt8] {
        let sign = Array("[info] ".utf8)
        let text = Array(line.utf8)
        guard text.starts(with: sign) else { return [] }
        let dump = text.dropFirst(sign.count)
        guard dump.count > 10, dump.prefix(8).allSatisfy({ digit($0) != nil }) else { return [] }
        var bytes: [UInt8] = []
        // Each byte takes a blank and two digits; what follows the sixteenth is the same as text.
        var rest = dump.dropFirst(9)
        while bytes.count < 16, rest.first == UInt8(ascii: " "),
            let high = rest.dropFirst().first.flatMap(digit),
            let low = rest.dropFirst(2).first.flatMap(digit)
        {
            bytes.append(high << 4 | low)
            rest = rest.dropFirst(3)
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
