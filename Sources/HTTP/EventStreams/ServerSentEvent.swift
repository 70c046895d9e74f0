/// One event of an event stream (WHATWG HTML §9.2).
package struct ServerSentEvent: Sendable {
    /// What listeners are registered for; nil for the standard's `message`.
    package let type: String?

    /// UTF-8 text of any number of lines.
    package let data: [UInt8]

    package init(type: String? = nil, data: [UInt8]) {
        self.type = type
        self.data = data
    }

    package init(type: String? = nil, _ text: String) {
        self.init(type: type, data: Array(text.utf8))
    }

    /// The event as it goes over the wire (§9.2.5); `id` is what a client resumes from.
    func encoded(id: String) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(data.count + 64)
        if let type { Self.append("event", type, to: &output) }
        Self.append("id", id, to: &output)
        // Even without data one line of it: an event with none isn't dispatched (§9.2.6).
        for line in Self.lines(data) {
            output.append(contentsOf: "data: ".utf8)
            output.append(contentsOf: line)
            output.append(ASCII.lf)
        }
        output.append(ASCII.lf)
        return output
    }

    /// What a stream opens with: how soon to connect again, and where a client then resumes even if
    /// no event came. Without data it is no event.
    static func opening(retry: Duration, id: String) -> [UInt8] {
        var output: [UInt8] = []
        append("retry", "\(retry.nanoseconds / 1_000_000)", to: &output)
        append("id", id, to: &output)
        output.append(ASCII.lf)
        return output
    }

    /// A comment: it says only that the server is still there.
    static let heartbeat = Array(":\n\n".utf8)

    /// Appends a field on one line, whatever its value.
    private static func append(_ name: String, _ value: String, to output: inout [UInt8]) {
        output.append(contentsOf: name.utf8)
        output.append(contentsOf: ": ".utf8)
        // What ends a line can't stand within one; NUL would have an id ignored.
        for byte in value.utf8 {
            let isSafe = byte != ASCII.cr && byte != ASCII.lf && byte != 0
            output.append(isSafe ? byte : ASCII.space)
        }
        output.append(ASCII.lf)
    }

    /// Splits where a client would: at CR LF, LF or CR.
    private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = text[...]
        while let end = rest.firstIndex(where: { $0 == ASCII.cr || $0 == ASCII.lf }) {
            lines.append(rest[..<end])
            let isPair = rest[end...].starts(with: [ASCII.cr, ASCII.lf])
            rest = rest[(end + (isPair ? 2 : 1))...]
        }
        lines.append(rest)
        return lines
    }
}
