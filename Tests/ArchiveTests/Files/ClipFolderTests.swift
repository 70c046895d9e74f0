import Foundation
import TestSupport
import Testing

@testable import Archive

@Suite("Clip folder")
struct ClipFolderTests {
    private let root: TemporaryFolder
    private let folder: ClipFolder
    private let segment: String

    init() throws {
        root = try TemporaryFolder()
        folder = ClipFolder(path: root.path + "/clips/one")
        try folder.create()
        segment = root.path + "/segment"
        try Data("footage".utf8).write(to: URL(filePath: segment))
    }

    private func content(_ name: String, of folder: ClipFolder? = nil) -> String? {
        FileManager.default.contents(atPath: (folder ?? self.folder).file(name))
            .map { String(decoding: $0, as: UTF8.self) }
    }

    // MARK: - Making

    @Test("Is made with its parents, and making it again does no harm")
    func create() throws {
        try folder.write(Array("x".utf8), to: "a")
        try folder.create()
        #expect(folder.exists)
        #expect(folder.names == ["a"])
    }

    @Test("Says why it cannot be made")
    func cannotCreate() {
        #expect(throws: ArchiveError.file(action: "create the clip's folder", errno: ENOTDIR)) {
            try ClipFolder(path: segment + "/below").create()
        }
    }

    // MARK: - Adopting

    @Test("Takes a segment in by a hard link, which outlives the original's name")
    func link() throws {
        try folder.adopt(segment, as: "000001.m4s")
        #expect(inode(folder.file("000001.m4s")) == inode(segment))
        unlink(segment)
        #expect(content("000001.m4s") == "footage")
        #expect(folder.size(of: "000001.m4s") == 7)
    }

    @Test("Replaces what a crash has left under the name")
    func adoptOver() throws {
        try folder.write(Array("half".utf8), to: "000001.m4s")
        try folder.adopt(segment, as: "000001.m4s")
        #expect(content("000001.m4s") == "footage")
    }

    @Test(
        "Copies a segment that lies on another file system",
        .enabled(if: OtherFileSystem.isThere, "there is no second file system here")
    )
    func copy() throws {
        let other = try OtherFileSystem()
        let distant = ClipFolder(path: other.path + "/clip")
        try distant.create()
        try distant.adopt(segment, as: "000001.m4s")
        #expect(content("000001.m4s", of: distant) == "footage")
        #expect(device(distant.file("000001.m4s")) != device(segment))
        unlink(segment)
        #expect(content("000001.m4s", of: distant) == "footage")
    }

    @Test("A segment that has gone is an error without a path in it")
    func adoptMissing() {
        #expect(throws: ArchiveError.file(action: "link a segment", errno: ENOENT)) {
            try folder.adopt(root.path + "/none", as: "000001.m4s")
        }
    }

    // MARK: - Writing

    @Test("A file is replaced as a whole: who has the old one open goes on reading that")
    func writeReplaces() throws {
        try folder.write(Array("old content".utf8), to: "index.m3u8")
        let before = inode(folder.file("index.m3u8"))
        let reading = try FileHandle(forReadingFrom: URL(filePath: folder.file("index.m3u8")))
        try folder.write(Array("new".utf8), to: "index.m3u8")
        #expect(try reading.readToEnd() == Data("old content".utf8))
        #expect(content("index.m3u8") == "new")
        #expect(inode(folder.file("index.m3u8")) != before)
        #expect(folder.names == ["index.m3u8"])
    }

    @Test("Writes a megabyte and nothing at all")
    func sizes() throws {
        try folder.write([UInt8](repeating: 7, count: 1 << 20), to: "large")
        try folder.write([], to: "empty")
        #expect(folder.size(of: "large") == 1 << 20)
        #expect(folder.size(of: "empty") == 0)
        #expect(folder.size(of: "none") == nil)
    }

    @Test("A write that fails leaves the old file and nothing else")
    func writeFails() throws {
        try FileManager.default.createDirectory(
            atPath: folder.file("taken/below"),
            withIntermediateDirectories: true
        )
        #expect(throws: ArchiveError.file(action: "write taken", errno: EISDIR)) {
            try folder.write([1], to: "taken")
        }
        #expect(folder.names == ["taken"])
    }

    @Test("Syncs what is there and says what is not")
    func sync() throws {
        try folder.write([1], to: "a")
        try folder.sync("a")
        try folder.sync()
        #expect(throws: ArchiveError.file(action: "sync a file", errno: ENOENT)) {
            try folder.sync("b")
        }
    }

    // MARK: - Moving and removing

    @Test("Moves with all it holds; the target's parents are made")
    func move() throws {
        try folder.write([1], to: "a")
        let target = ClipFolder(path: root.path + "/2023-11-14/one")
        try folder.move(to: target)
        #expect(!folder.exists)
        #expect(target.names == ["a"])
    }

    @Test("Does not move over a folder that holds something")
    func moveOver() throws {
        let target = ClipFolder(path: root.path + "/two")
        try target.create()
        try target.write([1], to: "a")
        let error = ArchiveError.file(
            action: "put the clip's folder in its place",
            errno: ENOTEMPTY
        )
        #expect(throws: error) { try folder.move(to: target) }
        #expect(folder.exists)
    }

    @Test("Is removed with all it holds, but not what a link in it leads to")
    func removeAll() throws {
        try ClipFolder(path: folder.file("below")).create()
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link"),
            withDestinationPath: root.path
        )
        #expect(folder.removeAll())
        #expect(!folder.exists)
        #expect(folder.names.isEmpty)
        #expect(exists(segment))
        #expect(folder.removeAll())
    }

    // MARK: - clip.json

    @Test("The manifest comes back as it was written")
    func manifest() throws {
        let manifest = ClipManifest(clip: .fullExample(), segments: [.example(1), .example(2)])
        try folder.write(manifest)
        let read = try folder.manifest()
        #expect(read.version == 2)
        #expect(read.clip == manifest.clip)
        #expect(read.segments == manifest.segments)
    }

    @Test("A manifest that is missing or damaged is an error that names the clip")
    func damagedManifest() throws {
        #expect(throws: ArchiveError.damagedManifest("one")) { try folder.manifest() }
        try folder.write(Array("{\"version\":1".utf8), to: ClipManifest.fileName)
        #expect(throws: ArchiveError.damagedManifest("one")) { try folder.manifest() }
    }
}
