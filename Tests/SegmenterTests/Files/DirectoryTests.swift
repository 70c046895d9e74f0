import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Directory")
struct DirectoryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func touch(_ name: String) throws {
        try "".write(toFile: folder.path + "/" + name, atomically: false, encoding: .utf8)
    }

    @Test("Creates missing parents, and does nothing when all is there")
    func creates() throws {
        let path = folder.path + "/a/b/c"
        try Directory.create(path)
        try Directory.create(path)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR)
        #expect(status.st_mode & 0o007 == 0)
    }

    @Test("Cannot create a directory inside a file")
    func cannotCreate() throws {
        try touch("a")
        #expect(throws: SegmenterError.system(call: "mkdir", errno: ENOTDIR)) {
            try Directory.create(folder.path + "/a/b")
        }
    }

    @Test("Names what is in it, sorted, hidden files too; nothing where it cannot be read")
    func names() throws {
        for name in ["b", "a", ".c", "ä"] { try touch(name) }
        #expect(Directory.names(folder.path) == [".c", "a", "b", "ä"])
        #expect(Directory.names(folder.path + "/missing").isEmpty)
    }

    @Test("Removes all inside but nothing that a symbolic link leads to")
    func removes() throws {
        try Directory.create(folder.path + "/ring/door/run")
        try touch("ring/door/run/000001.m4s")
        try Directory.create(folder.path + "/clips")
        try touch("clips/precious.mp4")
        symlink(folder.path + "/clips", folder.path + "/ring/link")
        symlink("/nonexistent", folder.path + "/ring/dangling")
        Directory.remove(folder.path + "/ring")
        Directory.remove(folder.path + "/ring")
        #expect(Directory.names(folder.path) == ["clips"])
        #expect(Directory.names(folder.path + "/clips") == ["precious.mp4"])
    }
}
