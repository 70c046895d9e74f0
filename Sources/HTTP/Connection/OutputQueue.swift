import CLinux
import Glibc

/// What is still to be sent on a connection, in order: bytes, and parts of files.
///
/// Small bytes are joined in one buffer, so that they leave in one packet; it holds no memory
/// while empty.
struct OutputQueue: ~Copyable {
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

    /// Something that isn't copied into the buffer, and how many of the buffer's bytes go before.
    private struct Part {
        enum Payload {
            case bytes([UInt8], offset: Int)
            case file(OpenFile, Range<Int>)
        }

        var lead: Int
        var payload: Payload
    }

    private var buffer = ByteBuffer()
    private var parts: [Part] = []

    /// Parts already sent.
    private var done = 0

    /// The buffer's bytes after the last part.
    private var tail = 0

    private var isBroken = false

    /// Whether files may have changed since they were added, for others have had their turn.
    private var hasWaited = false

    /// Bytes ever added, and ever taken by the socket.
    private(set) var written = 0
    private(set) var sent = 0

    /// Bytes from which a copy costs more than a system call: measured, see docs/decisions.md.
    private static let large = 16 * 1024

    /// Bytes of small pieces from which no more should be added before they're sent.
    private static let highWater = 64 * 1024

    var isEmpty: Bool { parts.isEmpty && tail == 0 && !isBroken }

    /// Whether it's time to wait for the client.
    var isCrowded: Bool { !parts.isEmpty || tail >= Self.highWater }

    mutating func append(_ bytes: [UInt8]) {
        if bytes.count >= Self.large {
            add(.bytes(bytes, offset: 0), bytes.count)
        } else {
            write { $0.append(bytes) }
        }
    }

    mutating func append(_ text: StaticString) {
        write { $0.append(text) }
    }

    mutating func append(_ file: OpenFile, range: Range<Int>) {
        guard range.count >= Self.large else { return copy(file, range) }
        // What sendfile(2) takes is to begin with a whole page; see docs/decisions.md.
        let start = Page.end(of: range.lowerBound)
        copy(file, range.lowerBound..<start)
        add(.file(file, start..<range.upperBound), range.upperBound - start)
    }

    /// Reads a small part of a file into the buffer.
    private mutating func copy(_ file: OpenFile, _ range: Range<Int>) {
        if range.isEmpty { return }
        var count = -1
        write { buffer in
            repeat {
                count = buffer.append(atMost: range.count) {
                    pread(file.descriptor, $0, $1, off_t(range.lowerBound))
                }
            } while count < 0 && errno == EINTR
        }
        // The file has shrunk, or can't be read: what was promised of it can't be kept.
        if count != range.count { isBroken = true }
    }

    /// Adds small bytes in place.
    mutating func write(_ body: (inout ByteBuffer) -> Void) {
        let before = buffer.count
        body(&buffer)
        tail += buffer.count - before
        written += buffer.count - before
    }

    /// Takes over a buffer's memory, if it has none.
    mutating func borrow(_ spare: inout ByteBuffer) {
        if buffer.capacity == 0 { swap(&buffer, &spare) }
    }

    /// Gives back the memory of a buffer that's empty.
    mutating func giveBack(to spare: inout ByteBuffer) {
        guard buffer.isEmpty, buffer.capacity > 0 else { return }
        if spare.capacity == 0, buffer.capacity <= 2 * Self.highWater {
            swap(&buffer, &spare)
        } else {
            buffer = ByteBuffer()
        }
    }

    /// Sends about as many bytes as `budget` allows, and tells how many those were.
    ///
    /// - Parameter endsStream: the caller shuts the socket down when all is sent, so that the last bytes
    ///   can wait for that and leave in one packet with its FIN.
    mutating func flush(
        to descriptor: Int32,
        budget: Int,
        endsStream: Bool = false
    ) -> (outcome: Outcome, sent: Int) {
        var total = 0
        defer { sent += total }
        if hasWaited, done < parts.count, case .file(let file, _) = parts[done].payload,
            !file.isUnchanged
        {
            return (.broken, 0)
        }
        hasWaited = true
        while done < parts.count {
            guard total < budget else { return (.yielded, total) }
            let sent = sendPart(to: descriptor, atMost: budget)
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return (outcome(of: sent), total) }
            total += sent
        }
        if !parts.isEmpty {
            parts = []
            done = 0
        }
        if isBroken { return (.broken, total) }
        let flags = Int32(endsStream ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL)
        while tail > 0 {
            let sent = send(descriptor, buffer.bytes.baseAddress, tail, flags)
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return (outcome(of: sent), total) }
            total += sent
            tail -= sent
            buffer.consume(sent)
        }
        hasWaited = false
        return (.finished, total)
    }

    private mutating func add(_ payload: Part.Payload, _ count: Int) {
        written += count
        parts.append(Part(lead: tail, payload: payload))
        tail = 0
    }

    /// Sends of the first unsent part what the socket takes: a short count doesn't mean that the
    /// socket is full. Answers what the system call did.
    private mutating func sendPart(to descriptor: Int32, atMost limit: Int) -> Int {
        let lead = parts[done].lead
        switch parts[done].payload {
        case .bytes(let bytes, let offset):
            let isLast = done + 1 == parts.count && tail == 0
            let sent = bytes.withUnsafeBytes { payload in
                clinux_send_two(
                    descriptor,
                    buffer.bytes.baseAddress,
                    lead,
                    payload.baseAddress! + offset,
                    payload.count - offset,
                    Int32(isLast ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_MORE)
                )
            }
            guard sent > 0 else { return sent }
            let sentLead = min(lead, sent)
            consumeLead(sentLead)
            let end = offset + sent - sentLead
            if end == bytes.count {
                finishPart()
            } else {
                parts[done].payload = .bytes(bytes, offset: end)
            }
            return sent
        case .file where lead > 0:
            // Leaves together with the file's first bytes.
            let flags = Int32(MSG_NOSIGNAL | MSG_MORE)
            let sent = send(descriptor, buffer.bytes.baseAddress, lead, flags)
            consumeLead(max(0, sent))
            return sent
        case .file(let file, let range):
            var position = off_t(range.lowerBound)
            let end = min(range.upperBound, Page.start(of: range.lowerBound + limit))
            let sent = sendfile(descriptor, file.descriptor, &position, end - range.lowerBound)
            if sent == range.count {
                finishPart()
            } else if sent > 0 {
                parts[done].payload = .file(file, range.lowerBound + sent..<range.upperBound)
            }
            return sent
        }
    }

    private mutating func consumeLead(_ count: Int) {
        parts[done].lead -= count
        buffer.consume(count)
    }

    private mutating func finishPart() {
        // Lets go of a file at once.
        parts[done].payload = .bytes([], offset: 0)
        done += 1
    }

    /// Nothing sent without an error means that the file has shrunk.
    private func outcome(of result: Int) -> Outcome {
        result < 0 && errno == EAGAIN ? .blocked : .broken
    }
}
