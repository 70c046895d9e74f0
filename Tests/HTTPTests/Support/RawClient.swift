import CLinux
import Glibc

@testable import HTTP

/// A client that sends exactly the bytes it's told to and reads responses strictly.
final class RawClient {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    struct Failure: Error {
        let what: String
        var code = errno
    }

    /// Connects; a small receive buffer makes a slow reader felt at once.
    ///
    /// `source` is the last part of the own address, 127.0.0.1 if not said otherwise.
    init(port: Int, receiveBuffer: Int32? = nil, source: UInt8 = 1) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(what: "socket") }
        var size = receiveBuffer ?? 0
        if size > 0 {
            let length = socklen_t(MemoryLayout<Int32>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, length)
        }
        // Only so that a failing test ends.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        let length = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, length)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, length)

        let result =
            source == 1
            ? 0 : Self.withAddress(lastPart: source, port: 0) { bind(descriptor, $0, $1) }
        guard
            result == 0,
            Self.withAddress(lastPart: 1, port: port, { connect(descriptor, $0, $1) }) == 0
        else {
            let failure = Failure(what: "connect")
            Glibc.close(descriptor)
            throw failure
        }
    }

    deinit {
        Glibc.close(descriptor)
    }

    private static func withAddress(
        lastPart: UInt8,
        port: Int,
        _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = (0x7F00_0000 | UInt32(lastPart)).bigEndian
        return withUnsafeBytes(of: &address) { bytes in
            call(
                bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(what: "send") }
            sent += count
        }
    }

    /// Sends every byte once the server has read the one before.
    func sendByteByByte(_ bytes: [UInt8]) throws {
        var option: Int32 = 1
        let length = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &option, length)
        let server = try ServerEnd(ofClientAt: localPort)
        for byte in bytes {
            try send([byte])
            try server.waitUntilRead()
        }
    }

    private var localPort: UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            return getsockname(descriptor, pointer, &length)
        }
        return UInt16(bigEndian: address.sin_port)
    }

    func shutDownWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Ends the connection by a reset instead of an orderly close.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        let length = socklen_t(MemoryLayout<linger>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, length)
    }

    /// Reads one response; `toHead` says that no content follows whatever the fields say.
    func readResponse(toHead: Bool = false) throws -> RawResponse {
        let lines = try readHeadLines()
        guard let code = lines[0].split(separator: " ").dropFirst().first.flatMap({ Int($0) }),
            lines[0].hasPrefix("HTTP/1.1 ")
        else { throw Failure(what: "status line: \(lines[0])") }
        var headers = HeaderFields()
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw Failure(what: "field: \(line)") }
            headers.append(String(parts[0]), String(parts[1].dropFirst()))
        }
        var body: [UInt8] = []
        if toHead || code < 200 || code == 204 || code == 304 {
            // No content.
        } else if headers["Transfer-Encoding"] == "chunked" {
            body = try readChunks()
        } else if let length = headers["Content-Length"].flatMap({ Int($0) }) {
            body = try readExactly(length)
        } else {
            body = try readToEnd()
        }
        return RawResponse(status: code, headers: headers, body: body)
    }

    /// Reads until the server closes.
    func readToEnd() throws -> [UInt8] {
        while try receive() {}
        defer { buffer = [] }
        return buffer
    }

    func readExactly(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard try receive() else { throw Failure(what: "ended within content") }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    /// Reads what has come, as soon as something has; nothing at the end.
    func readAvailable() throws -> [UInt8] {
        if buffer.isEmpty { _ = try receive() }
        defer { buffer = [] }
        return buffer
    }

    /// Waits until there is something to read, and leaves it there.
    func peek() throws {
        guard try buffer.isEmpty == false || receive() else { throw Failure(what: "ended") }
    }

    /// Reads a head; answers its lines.
    func readHeadLines() throws -> [Substring] {
        let end = Array("\r\n\r\n".utf8)
        var searched = 0
        while true {
            while searched + 4 <= buffer.count {
                if buffer[searched..<searched + 4].elementsEqual(end) {
                    let head = String(decoding: buffer[..<searched], as: UTF8.self)
                    buffer.removeFirst(searched + 4)
                    return head.split(separator: "\r\n")
                }
                searched += 1
            }
            guard try receive() else { throw Failure(what: "ended within the head") }
        }
    }

    private func readChunks() throws -> [UInt8] {
        var decoder = ChunkedDecoder(bodyLimit: .max, trailerLimit: 1024)
        var body: [UInt8] = []
        while !decoder.isComplete {
            if buffer.isEmpty, try !receive() { throw Failure(what: "ended within a chunk") }
            let bytes = buffer
            let count = try decoder.decode(bytes.span, into: &body)
            buffer.removeFirst(count)
        }
        return body
    }

    private func receive() throws -> Bool {
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count >= 0 else { throw Failure(what: "recv") }
        buffer.append(contentsOf: piece[..<count])
        return count > 0
    }
}
