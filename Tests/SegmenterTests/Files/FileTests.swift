import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("File")
struct FileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("Reads any part, and less only at the end")
    func reads() throws {
        let path = folder.file("a").path
        try "0123456789".write(toFile: path, atomically: true, encoding: .utf8)
        let file = try File(reading: path)
        #expect(file.size == 10)
        #expect(try file.read(at: 2, count: 3) == Array("234".utf8))
        #expect(try file.read(at: 8, count: 5) == Array("89".utf8))
        #expect(try file.read(at: 10, count: 5) == [])
        #expect(try file.read(at: 0, count: 0) == [])
    }

    @Test("A copy holds the beginning that was asked for; one that fails leaves nothing")
    func copy() throws {
        let (source, target) = (folder.file("a").path, folder.file("b").path)
        try "0123456789".write(toFile: source, atomically: true, encoding: .utf8)
        try "an older file, longer than that".write(
            toFile: target,
            atomically: true,
            encoding: .utf8
        )
        try File(reading: source).copyBeginning(8, to: target)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "01234567")
        #expect(throws: SegmenterError.self) {
            try File(reading: source).copyBeginning(11, to: target)
        }
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test("A missing file and a folder are typed errors")
    func errors() throws {
        #expect(throws: SegmenterError.system(call: "open", errno: ENOENT)) {
            _ = try File(reading: folder.file("missing").path)
        }
        #expect(throws: SegmenterError.system(call: "pread", errno: EISDIR)) {
            _ = try File(reading: folder.path).read(at: 0, count: 1)
        }
    }
}
