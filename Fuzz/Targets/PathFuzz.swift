import Glibc

/// Request targets and the files that they lead to, on a real folder: what is inside is found,
/// and nothing else, by openat2(2) and step by step alike.
enum PathFuzz: FuzzTarget {
    private static let folder = ServedFolder()
    private static let tree = try! FileTree(root: folder.root)
    private static let files = try! StaticFiles(root: folder.root)

    static func check(_ input: [UInt8]) {
        // As it is, the input may be a path that has been decoded already.
        let text = String(decoding: input, as: UTF8.self)
        checkOpening(text)
        // A request line lets only visible characters through.
        guard input.first == UInt8(ascii: "/"), input.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return }
        guard let request = try? Request(method: .get, target: text) else { return }
        checkAnswer(to: request)
        checkOpening(String(request.path.dropFirst()))
    }

    /// What the whole way from request to answer comes to.
    private static func checkAnswer(to request: Request) {
        let target = request.rawTarget
        let path = path(of: target)
        let response = try? files.respond(to: request)
        require(
            response?.headers["ETag"] == path.map { tag(of: $0) },
            "\(target) led to \(String(describing: response)), not to \(path ?? "nothing")."
        )
    }

    /// Both ways of opening a path that is decoded already.
    private static func checkOpening(_ path: String) {
        let expected = folder.content(of: path)
        let file = try? tree.open(path)
        require(file.map { $0.descriptor < 64 } ?? true, "Descriptors are left open.")
        let content = file.flatMap { read($0.descriptor) }
        require(content == expected, "\(path) opened \(content ?? "nothing").")

        // Names are checked before a path is opened step by step; here by hand.
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard !path.utf8.contains(0), names.allSatisfy({ !["", ".", ".."].contains($0) }) else {
            return
        }
        let descriptor = tree.openStepByStep(path)
        defer { if descriptor >= 0 { close(descriptor) } }
        let stepped = descriptor >= 0 ? read(descriptor) : nil
        require(stepped == expected, "Step by step, \(path) opened \(stepped ?? "nothing").")
    }

    /// A regular file's content.
    private static func read(_ descriptor: Int32) -> String? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// A file's tag, found without the code under test's way of opening.
    private static func tag(of path: String) -> String {
        try! OpenFile(path: "\(folder.root)/\(path)").entityTag.text
    }

    /// The file that a target means: its path, every escape replaced, if that is one of those
    /// there are. No honest file's path has an escaped slash.
    private static func path(of target: String) -> String? {
        let path = target.prefix { $0 != "?" }
        guard !path.lowercased().contains("%2f") else { return nil }
        var bytes: [UInt8] = []
        var rest = path.dropFirst().utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        var name = String(decoding: bytes, as: UTF8.self)
        if name.isEmpty || name.utf8.last == UInt8(ascii: "/") { name += "index.html" }
        return folder.content(of: name) == nil ? nil : name
    }
}
