import Glibc
import Synchronization

/// The reading end of a child's standard error. Used on the poller's thread alone.
final class ChildOutput: Sendable {
    private enum State {
        case open(LineSplitter)
        case closed
    }

    private let descriptor: Int32
    private let onLine: @Sendable (String) -> Void
    private let state = Mutex(State.open(LineSplitter()))

    init(descriptor: Int32, onLine: @escaping @Sendable (String) -> Void) {
        self.descriptor = descriptor
        self.onLine = onLine
    }

    /// Hands on all that can be read now; closes at the end of the stream.
    func read() {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            while true {
                let count = Glibc.read(descriptor, buffer.baseAddress!, buffer.count)
                if count < 0 && errno == EINTR { continue }
                if count < 0 { return }
                if count == 0 { return end() }
                for line in lines(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
                    onLine(line)
                }
            }
        }
    }

    /// Reads what is left, then closes, although someone else may still hold the writing end.
    func close() {
        guard state.withLock({ if case .open = $0 { true } else { false } }) else { return }
        read()
        end()
    }

    private func lines(_ bytes: UnsafeRawBufferPointer) -> [String] {
        state.withLock {
            guard case .open(var splitter) = $0 else { return [] }
            let lines = splitter.lines(adding: bytes)
            $0 = .open(splitter)
            return lines
        }
    }

    private func end() {
        let ended: LineSplitter? = state.withLock {
            guard case .open(let splitter) = $0 else { return nil }
            $0 = .closed
            return splitter
        }
        guard var splitter = ended else { return }
        if let last = splitter.finish() { onLine(last) }
        Poller.shared.unwatch(descriptor)
        Glibc.close(descriptor)
    }
}
