import Testing

@testable import HTTP

/// A multipart message as RFC 2046 §5.1.1 has it, read strictly.
struct MultipartMessage {
    private(set) var parts: [Part] = []

    struct Part {
        let headers: HeaderFields
        let content: [UInt8]
    }

    init(_ response: RawResponse) throws {
        let prefix = "multipart/byteranges; boundary="
        let type = try #require(response.headers["Content-Type"])
        try #require(type.hasPrefix(prefix))
        let boundary = type.dropFirst(prefix.count)
        // Characters that need no quotes.
        try #require((1...70).contains(boundary.utf8.count))
        try #require(boundary.utf8.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) })

        let delimiter = Array("\r\n--\(boundary)".utf8)
        var rest = response.body[...]
        try #require(rest.starts(with: delimiter))
        while true {
            rest = rest.dropFirst(delimiter.count)
            if rest.starts(with: "--".utf8) { break }
            try #require(rest.starts(with: "\r\n".utf8))
            rest = rest.dropFirst(2)
            let end = try #require(rest.firstRange(of: delimiter)).lowerBound
            parts.append(try Self.part(rest[..<end]))
            rest = rest[end...]
        }
        #expect(rest.elementsEqual("--\r\n".utf8))
    }

    private static func part(_ bytes: ArraySlice<UInt8>) throws -> Part {
        let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
        var headers = HeaderFields()
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        for line in lines.split(separator: "\r\n") {
            let colon = try #require(line.firstRange(of: ": "))
            headers.append(String(line[..<colon.lowerBound]), String(line[colon.upperBound...]))
        }
        return Part(headers: headers, content: Array(bytes[end.upperBound...]))
    }
}
