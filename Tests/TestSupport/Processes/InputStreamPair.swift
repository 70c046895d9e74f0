import Foundation

/// The two ends of a child's standard input.
struct InputStreamPair {
    /// What the child reads from; closed here when the pair goes.
    let childEnd: FileHandle
    /// What keeps the child's input open; nil where it is empty.
    let ownEnd: FileHandle?

    init(_ input: ChildProcess.Input) throws {
        switch input {
        case .empty:
            childEnd = FileHandle.nullDevice
            ownEnd = nil
        case .open:
            // Unlike a pipe, a pair of sockets is close-on-exec from birth, so that no other child
            // started meanwhile keeps it open.
            var ends: [Int32] = [-1, -1]
            let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
            guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
                throw TestFailure("socketpair: errno \(errno)")
            }
            childEnd = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
            ownEnd = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        }
    }
}
