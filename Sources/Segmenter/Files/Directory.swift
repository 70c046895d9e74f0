import Glibc

/// What the ring does with directories. Every call blocks on the file system.
enum Directory {
    /// Creates a directory and its missing parents, readable by this user's group.
    static func create(_ path: String) throws(SegmenterError) {
        if mkdir(path, 0o750) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw .system(call: "mkdir", errno: errno)
        }
        try create(String(path[..<slash]))
        guard mkdir(path, 0o750) == 0 || errno == EEXIST else {
            throw .system(call: "mkdir", errno: errno)
        }
    }

    /// Creates a directory that nobody else has, for this user alone, where temporary files go.
    static func createTemporary(prefix: String) throws(SegmenterError) -> String {
        // As POSIX has it (XBD §8.3, §10.1): where TMPDIR says, else in /tmp.
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var path = Array("\(parent.isEmpty ? "/tmp" : parent)/\(prefix)-XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil else { throw .system(call: "mkdtemp", errno: errno) }
        return path.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    /// The names in a directory, sorted; empty when it cannot be read.
    static func names(_ path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a directory and all in it. Symbolic links are removed, never followed.
    static func remove(_ path: String) {
        if unlink(path) == 0 || errno == ENOENT { return }
        for name in names(path) { remove(path + "/" + name) }
        rmdir(path)
    }
}
