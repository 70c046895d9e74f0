import Glibc

/// A folder to be served, on the real file system, amid what must stay unseen.
struct ServedFolder {
    let root: String

    /// Every path that leads to a file, with that file's content.
    private let files = [
        "index.html": "inside: page",
        "a b.txt": "inside: space",
        "ü.txt": "inside: letter",
        "%2e%2e": "inside: escape",
        "...": "inside: dots",
        "deep/index.html": "inside: deep page",
        "deep/er/file.txt": "inside: deeper",
    ]

    /// Made where TMPDIR says; whoever sets that deletes it.
    init() {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(place)/fuzz-XXXXXX".utf8CString)
        require(mkdtemp(&template) != nil, "No folder could be made in \(place).")
        let outer = String(
            decoding: template.dropLast().map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        root = "\(outer)/root"

        for folder in ["root", "root/deep", "root/deep/er", "root-secret"] {
            require(mkdir("\(outer)/\(folder)", 0o755) == 0, "\(folder) could not be made.")
        }
        for (path, content) in files { Self.write(content, to: "\(root)/\(path)") }
        for path in ["secret.txt", "index.html", "root-secret/index.html"] {
            Self.write("outside", to: "\(outer)/\(path)")
        }
        for (name, destination) in [
            ("link.txt", "../secret.txt"), ("absolute.txt", "\(outer)/secret.txt"),
            ("up", ".."), ("deep/up", "../.."), ("inner", "deep"), ("page.html", "index.html"),
            ("self", "self"),
        ] {
            require(symlink(destination, "\(root)/\(name)") == 0, "\(name) could not be made.")
        }
        require(mkfifo("\(root)/fifo", 0o644) == 0, "The FIFO could not be made.")
    }

    /// The file that a path leads to, byte for byte: to Swift, letters composed otherwise are equal.
    func content(of path: String) -> String? {
        files.first { $0.key.utf8.elementsEqual(path.utf8) }?.value
    }

    private static func write(_ content: String, to path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        require(
            Glibc.write(descriptor, content, content.utf8.count) == content.utf8.count,
            "\(path) could not be written."
        )
        close(descriptor)
    }
}
