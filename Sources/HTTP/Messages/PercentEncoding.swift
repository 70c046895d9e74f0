/// Decodes percent-encoded octets exactly once (RFC 3986 §2.1, §2.4).
package enum PercentEncoding {
    /// A decoded path or path segment; nil if an escape is malformed, the result isn't UTF-8, or
    /// it holds a control character, which no honest path does.
    package static func decodePath(_ text: some Collection<UInt8>) -> String? {
        guard let bytes = decode(text, plusIsSpace: false) else { return nil }
        guard !bytes.contains(where: ASCII.isControl) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// A decoded name or value of a form field; nil if malformed, not UTF-8, or holding NUL.
    package static func decodeFormField(_ text: some Collection<UInt8>) -> String? {
        guard let bytes = decode(text, plusIsSpace: true), !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func decode(_ text: some Collection<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            if byte == ASCII.percent {
                guard
                    let high = iterator.next().flatMap(ASCII.hexValue),
                    let low = iterator.next().flatMap(ASCII.hexValue)
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsSpace && byte == ASCII.plus ? ASCII.space : byte)
            }
        }
        return bytes
    }
}
