@testable import HTTP

/// A client of an event stream: reads it block by block.
final class EventStreamReader {
    let head: String
    private let client: RawClient
    private var decoder = ChunkedDecoder(bodyLimit: .max, trailerLimit: 1024)
    private var unread: [UInt8] = []

    /// Connects, and reads the response's head.
    init(port: Int, lastEventID: String? = nil, receiveBuffer: Int32? = nil) throws {
        client = try RawClient(port: port, receiveBuffer: receiveBuffer)
        let field = lastEventID.map { "Last-Event-ID: \($0)\r\n" } ?? ""
        try client.send("GET /events HTTP/1.1\r\nHost: a\r\n\(field)\r\n")
        var head = ""
        while !head.hasSuffix("\r\n\r\n") {
            head += String(decoding: try client.readExactly(1), as: UTF8.self)
        }
        self.head = head
    }

    /// The next block, without the empty line that ends it; nil at the stream's orderly end.
    func next() throws -> String? {
        var searched = 0
        while true {
            if let end = Self.end(of: unread.span, from: searched) {
                defer { unread.removeFirst(end + 2) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            searched = max(0, unread.count - 1)
            if decoder.isComplete { return nil }
            let bytes = try client.readAvailable()
            guard !bytes.isEmpty else { throw RawClient.Failure(what: "the stream was cut") }
            _ = try decoder.decode(bytes.span, into: &unread)
        }
    }

    /// Where the first empty line ends what is before it.
    private static func end(of bytes: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index + 1 < bytes.count {
            if bytes[index] == ASCII.lf, bytes[index + 1] == ASCII.lf { return index }
            index += 1
        }
        return nil
    }

    /// The next event's fields; comments are passed over.
    func nextEvent() throws -> [String: String]? {
        while let block = try next() {
            let lines = block.split(separator: "\n")
            if lines.allSatisfy({ $0.hasPrefix(":") }) { continue }
            var fields: [String: String] = [:]
            for line in lines {
                let parts = line.split(separator: ": ", maxSplits: 1)
                let value = parts.count == 2 ? String(parts[1]) : ""
                let name = String(parts[0])
                fields[name] = fields[name].map { "\($0)\n\(value)" } ?? value
            }
            return fields
        }
        return nil
    }
}
