import Foundation
import TestSupport

/// A client's kept connection that counts a body's bytes and forgets them.
final class CountingConnection {
    enum Progress {
        /// Some bytes came.
        case partial
        /// None are there now.
        case blocked
        case complete
    }

    private static let longestHead = 16_384

    let descriptor: Int32
    private var head: [UInt8] = []
    /// Of the answer that is coming.
    private var length = 0
    /// Of that answer's body; nil until its head is there.
    private var left: Int?

    /// Connects to a port of 127.0.0.1.
    ///
    /// - Parameter isBlocking: whether `receive` waits, at most half a minute.
    init(port: Int, isBlocking: Bool) throws {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw TestFailure("socket: errno \(errno)") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let failed = withUnsafeBytes(of: &address) { bytes in
            let address = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!
            return connect(descriptor, address, socklen_t(bytes.count)) != 0
        }
        guard !failed else { throw TestFailure("connect: errno \(errno)") }
        if isBlocking {
            var limit = timeval(tv_sec: 30, tv_usec: 0)
            let size = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        } else {
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        }
    }

    deinit {
        close(descriptor)
    }

    /// Asks for a file whose length is known.
    func ask(for path: String, length: Int) throws {
        let text = "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        self.length = length
        left = nil
        head.removeAll(keepingCapacity: true)
        let sent = Array(text.utf8).withUnsafeBytes {
            send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == text.utf8.count else { throw TestFailure("send: \(sent), errno \(errno)") }
    }

    /// Reads once; fails if what comes is not the answer, or the connection ends.
    func receive(into scratch: UnsafeMutableRawBufferPointer) throws -> Progress {
        let count = recv(descriptor, scratch.baseAddress, scratch.count, 0)
        guard count > 0 else {
            if count < 0 && (errno == EAGAIN || errno == EINTR) { return .blocked }
            throw TestFailure(count == 0 ? "the server closed amid an answer" : "errno \(errno)")
        }
        if let left {
            self.left = left - count
        } else {
            try takeHead(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
        }
        guard let left else { return .partial }
        guard left >= 0 else { throw TestFailure("\(-left) bytes more than asked for") }
        return left == 0 ? .complete : .partial
    }

    /// Asks, and reads the whole answer.
    func fetch(_ path: String, length: Int, _ scratch: UnsafeMutableRawBufferPointer) throws {
        try ask(for: path, length: length)
        while true {
            switch try receive(into: scratch) {
            case .partial: continue
            case .blocked: throw TestFailure("no answer")
            case .complete: return
            }
        }
    }

    private func takeHead(_ bytes: UnsafeRawBufferPointer) throws {
        head += bytes
        guard let end = head.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound else {
            guard head.count < Self.longestHead else { throw TestFailure("a head without end") }
            return
        }
        let text = String(decoding: head[..<end], as: UTF8.self)
        guard text.hasPrefix("HTTP/1.1 200 "),
            text.lowercased().contains("\r\ncontent-length: \(length)\r\n")
        else { throw TestFailure("not \(length) bytes, but: \(text)") }
        left = length - (head.count - end)
    }
}
