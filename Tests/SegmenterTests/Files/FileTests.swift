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

    @Test("Knows when a file was renamed into place, not only written")
    func changed() throws {
        let (old, new) = (folder.file("a.tmp").path, folder.file("a").path)
        try "a".write(toFile: old, atomically: true, encoding: .utf8)
        let written = try File(reading: old).changed
        let before = Timestamp.now()
        rename(old, new)
        let renamed = try File(reading: new).changed
        #expect(renamed >= written)
        // The kernel's coarse clock, which stamps files, lags by up to a tick.
        #expect(renamed >= before - .milliseconds(20) && renamed <= .now())
    }

    @Test("A copy that fails half-way leaves the file as it was before")
    func failedCopy() throws {
        let (source, target) = (folder.file("a").path, folder.file("b").path)
        try "0123456789".write(toFile: source, atomically: true, encoding: .utf8)
        try "abc".write(toFile: target, atomically: true, encoding: .utf8)
        #expect(throws: SegmenterError.self) {
            try File(reading: source).copy(from: 0, count: 11, to: target, at: 3)
        }
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "abc")
        try File(reading: source).copy(from: 8, count: 2, to: target, at: 3)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "abc89")
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
