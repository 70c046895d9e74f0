import CLinux
import Glibc

/// What is still to be sent on a connection, in order: bytes, and parts of files.
struct OutputQueue {
    enum Outcome {
        /// Everything went out.
        case finished

        /// The socket takes no more for now.
        case blocked

        /// The budget is spent: others' turn.
        case yielded

        /// The peer is gone, or a file no longer holds what was promised of it.
        case broken
    }

    /// Pieces before `tail`; the first `done` are sent, and `offset` bytes of the next if it's of
    /// bytes. A file's range shrinks instead.
    private var queue: [ResponseBody.Piece] = []
    private var done = 0
    private var offset = 0

    /// The last bytes, where small ones are joined so that they leave in one packet.
    private var tail: [UInt8] = []

    /// Bytes from which joining costs more than a system call.
    private static let large = 16 * 1024

    /// Bytes of small pieces from which no more should be added before they're sent.
    private static let highWater = 64 * 1024

    var isEmpty: Bool { queue.isEmpty && tail.isEmpty }

    /// Whether it's time to wait for the client.
    var isCrowded: Bool { !queue.isEmpty || tail.count >= Self.highWater }

    mutating func append(_ bytes: [UInt8]) {
        if bytes.count >= Self.large {
            moveTail()
            queue.append(.bytes(bytes))
        } else {
            tail.append(contentsOf: bytes)
        }
    }

    mutating func append(_ file: OpenFile, range: Range<Int>) {
        guard !range.isEmpty else { return }
        moveTail()
        queue.append(.file(file, range: range))
    }

    /// Adds small bytes in place.
    mutating func write(_ body: (inout [UInt8]) -> Void) {
        body(&tail)
    }

    /// Sends about as many bytes as `budget` allows, and tells how many those were.
    mutating func flush(to descriptor: Int32, budget: Int) -> (outcome: Outcome, sent: Int) {
        var total = 0
        if done < queue.count, case .file(let file, _) = queue[done], !file.isUnchanged {
            return (.broken, 0)
        }
        while done < queue.count {
            guard total < budget else { return (.yielded, total) }
            let sent = sendNext(to: descriptor, atMost: budget - total)
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return (outcome(of: sent), total) }
            total += sent
        }
        queue = []
        done = 0
        while !tail.isEmpty {
            let sent = send(descriptor, tail, tail.count, Int32(MSG_NOSIGNAL))
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return (outcome(of: sent), total) }
            total += sent
            if sent == tail.count { tail = [] } else { tail.removeFirst(sent) }
        }
        return (.finished, total)
    }

    private mutating func moveTail() {
        guard !tail.isEmpty else { return }
        queue.append(.bytes(tail))
        tail = []
    }

    /// Sends of the first unsent piece what the socket takes: a short count doesn't mean that the
    /// socket is full. Answers what the system call did.
    private mutating func sendNext(to descriptor: Int32, atMost limit: Int) -> Int {
        switch queue[done] {
        case .bytes(let bytes):
            let isLast = done + 1 == queue.count && tail.isEmpty
            let flags = isLast ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_MORE
            let sent = bytes.withUnsafeBytes { buffer in
                send(descriptor, buffer.baseAddress! + offset, buffer.count - offset, Int32(flags))
            }
            if sent > 0 {
                offset += sent
                if offset == bytes.count { finishPiece() }
            }
            return sent
        case .file(let file, let range):
            var position = off_t(range.lowerBound)
            let sent = sendfile(descriptor, file.descriptor, &position, min(range.count, limit))
            if sent == range.count {
                finishPiece()
            } else if sent > 0 {
                queue[done] = .file(file, range: range.lowerBound + sent..<range.upperBound)
            }
            return sent
        }
    }

    private mutating func finishPiece() {
        // Lets go of a file at once.
        queue[done] = .bytes([])
        done += 1
        offset = 0
    }

    /// Nothing sent without an error means that the file has shrunk.
    private func outcome(of result: Int) -> Outcome {
        result < 0 && errno == EAGAIN ? .blocked : .broken
    }
}
