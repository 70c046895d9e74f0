import Glibc

/// A folder that is gone with the last reference to it.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/http-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RawClient.Failure(what: "mkdtemp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        Self.removeTree(path)
    }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw RawClient.Failure(what: "open \(name)") }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
            }
            guard count > 0 else { throw RawClient.Failure(what: "write \(name)") }
            written += count
        }
        return file
    }

    func makeFolder(_ name: String) throws {
        guard mkdir("\(path)/\(name)", 0o755) == 0 else { throw RawClient.Failure(what: "mkdir") }
    }

    func link(_ name: String, to target: String) throws {
        guard symlink(target, "\(path)/\(name)") == 0 else {
            throw RawClient.Failure(what: "symlink")
        }
    }

    private static func removeTree(_ path: String) {
        // remove(3) fails on a folder that isn't empty, and doesn't follow links.
        guard remove(path) != 0, let entries = opendir(path) else { return }
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { removeTree("\(path)/\(name)") }
        }
        closedir(entries)
        remove(path)
    }
}
