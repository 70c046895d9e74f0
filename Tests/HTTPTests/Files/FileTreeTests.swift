import Glibc
import TestSupport
import Testing

@testable import HTTP

@Suite("File tree")
struct FileTreeTests {
    private let folder: TemporaryFolder
    private let tree: FileTree

    init() throws {
        folder = try TemporaryFolder()
        try folder.makeFolder("root")
        try folder.makeFolder("root/sub")
        try folder.write([1, 2, 3], to: "root/file.txt")
        try folder.write([4], to: "root/sub/deep.txt")
        try folder.write([9], to: "secret.txt")
        try folder.link("root/link.txt", to: "file.txt")
        try folder.link("root/escape.txt", to: "../secret.txt")
        try folder.link("root/absolute.txt", to: "/etc/passwd")
        try folder.link("root/folder", to: "sub")
        try folder.link("root/up", to: "..")
        _ = mkfifo("\(folder.path)/root/fifo", 0o644)
        tree = try FileTree(root: "\(folder.path)/root")
    }

    @Test("Opens regular files beneath the folder, by either way of opening")
    func opens() throws {
        #expect(try tree.open("file.txt").size == 3)
        #expect(try tree.open("sub/deep.txt").size == 1)
        let descriptor = tree.openStepByStep("sub/deep.txt")
        try #require(descriptor >= 0)
        #expect(try OpenFile(adopting: descriptor).size == 1)
    }

    @Test(
        "Nothing leads out of the folder, through a link, or to anything but a file",
        arguments: [
            "", ".", "..", "../secret.txt", "sub/../file.txt", "/etc/passwd", "//etc/passwd",
            "./file.txt", "sub//deep.txt", "file.txt\0", "file.txt\0.html", "sub\\deep.txt",
            "..\\secret.txt", "link.txt", "escape.txt", "absolute.txt", "folder/deep.txt",
            "up/secret.txt", "sub", "sub/", "fifo", "file.txt/x", "missing.txt", "file.txt/",
            String(repeating: "a", count: 300), String(repeating: "a/", count: 3000),
        ]
    )
    func confines(_ path: String) {
        #expect(throws: FileError.notFound) { try tree.open(path) }
    }

    @Test(
        "Opening step by step follows no link either",
        arguments: [
            "link.txt", "escape.txt", "folder/deep.txt", "up/secret.txt",
        ]
    )
    func confinesStepByStep(_ path: String) {
        #expect(tree.openStepByStep(path) < 0)
    }

    @Test("What was opened before is opened anew once its path leads elsewhere or it has changed")
    func reopens() throws {
        let first = try tree.open("file.txt")
        #expect(try tree.open("file.txt") === first)
        try folder.write([1, 2, 3, 4], to: "root/file.txt")
        let longer = try tree.open("file.txt")
        #expect(longer !== first && longer.size == 4)

        try folder.write([5], to: "root/other.txt")
        try #require(rename("\(folder.path)/root/other.txt", "\(folder.path)/root/file.txt") == 0)
        #expect(try tree.open("file.txt").size == 1)

        try #require(unlink("\(folder.path)/root/file.txt") == 0)
        #expect(throws: FileError.notFound) { try tree.open("file.txt") }
        try folder.link("root/file.txt", to: "../secret.txt")
        #expect(throws: FileError.notFound) { try tree.open("file.txt") }
    }

    @Test("A folder on the way that becomes a link out is not followed to what was open before")
    func replacedFolder() throws {
        #expect(try tree.open("sub/deep.txt").size == 1)
        let (sub, moved) = ("\(folder.path)/root/sub", "\(folder.path)/moved")
        try #require(rename(sub, moved) == 0)
        try folder.link("root/sub", to: "../moved")
        #expect(throws: FileError.notFound) { try tree.open("sub/deep.txt") }
    }

    @Test("A folder that isn't there is an error at once")
    func missingRoot() {
        #expect(throws: FileError.notFound) { try FileTree(root: "\(folder.path)/missing") }
    }
}
