import Glibc

/// A file that is written at its end, or standard output.
struct LogFile: ~Copyable {
    /// Nil for standard output.
    private let path: String?
    private var descriptor: Int32

    /// Makes the file if it is not there.
    init(path: String?) throws(UsageError) {
        self.path = path
        descriptor = path.map(Self.open) ?? STDOUT_FILENO
        guard descriptor >= 0 else {
            let words = String(cString: strerror(errno))
            throw UsageError("ACCESS_LOG_PATH=\(path ?? "") cannot be opened: \(words)")
        }
    }

    deinit {
        if path != nil { close(descriptor) }
    }

    /// Opens the path anew, for the file may have been renamed; answers errno, or 0.
    ///
    /// If that fails, the file that was open is written on.
    mutating func reopen() -> Int32 {
        guard let path else { return 0 }
        let new = Self.open(path)
        guard new >= 0 else { return errno }
        close(descriptor)
        descriptor = new
        return 0
    }

    /// Writes all of it; answers errno, or 0.
    func write(_ bytes: [UInt8]) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return errno }
            rest = rest.dropFirst(max(0, count))
        }
        return 0
    }

    private static func open(_ path: String) -> Int32 {
        Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    }
}
