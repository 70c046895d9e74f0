import Glibc

/// The `host [ ":" port ]` of a Host field or an absolute target (RFC 9110 §7.2, RFC 3986 §3.2).
enum Authority {
    static func isValid(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let address = bytes[bytes.index(after: bytes.startIndex)..<end]
            return isIPv6(address) && isPort(bytes[bytes.index(after: end)...])
        }
        let end = bytes.firstIndex(of: ASCII.colon) ?? bytes.endIndex
        let name = bytes[..<end]
        return !name.isEmpty && isName(name) && isPort(bytes[end...])
    }

    /// Nothing, or a colon and digits (perhaps none) up to 65535.
    private static func isPort(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
        guard bytes.first == ASCII.colon else { return bytes.isEmpty }
        let digits = bytes.dropFirst()
        guard digits.count <= 5, digits.allSatisfy(ASCII.isDigit) else { return false }
        return digits.reduce(0) { $0 * 10 + Int($1 - ASCII.zero) } <= Int(UInt16.max)
    }

    private static func isIPv6(_ text: some Collection<UInt8>) -> Bool {
        var address = in6_addr()
        // inet_pton(3) reads up to a NUL, which no field and no target holds.
        return inet_pton(AF_INET6, String(decoding: text, as: UTF8.self), &address) == 1
    }

    /// The characters of a reg-name, every `%` before two hexadecimal digits.
    private static func isName(_ text: some RandomAccessCollection<UInt8>) -> Bool {
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == ASCII.percent {
                guard
                    rest.popFirst().flatMap(ASCII.hexValue) != nil,
                    rest.popFirst().flatMap(ASCII.hexValue) != nil
                else { return false }
            } else if !isNameByte(byte) {
                return false
            }
        }
        return true
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        if ASCII.isLetter(byte) || ASCII.isDigit(byte) { return true }
        return switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default:
            false
        }
    }
}
