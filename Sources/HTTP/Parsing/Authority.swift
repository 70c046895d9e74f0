/// The `host [ ":" port ]` of a Host field or an absolute target (RFC 9110 §7.2, RFC 3986 §3.2).
enum Authority {
    static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = bytes[bytes.index(after: bytes.startIndex)..<end]
            return !address.isEmpty && address.allSatisfy(isAddressByte)
                && isPort(bytes[bytes.index(after: end)...])
        }
        let end = bytes.firstIndex(of: ASCII.colon) ?? bytes.endIndex
        let name = bytes[..<end]
        return !name.isEmpty && name.allSatisfy(isNameByte) && isPort(bytes[end...])
    }

    /// Nothing, or a colon and digits (perhaps none) up to 65535.
    private static func isPort(_ bytes: Substring.UTF8View) -> Bool {
        guard bytes.first == ASCII.colon else { return bytes.isEmpty }
        let digits = bytes.dropFirst()
        guard digits.count <= 5, digits.allSatisfy(ASCII.isDigit) else { return false }
        return digits.isEmpty || UInt16(Substring(digits)) != nil
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        ASCII.hexValue(byte) != nil || byte == ASCII.colon || byte == UInt8(ascii: ".")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        if ASCII.isLetter(byte) || ASCII.isDigit(byte) { return true }
        return switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default:
            false
        }
    }
}
