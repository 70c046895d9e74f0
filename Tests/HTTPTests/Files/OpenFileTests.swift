import CLinux
import Glibc
import TestSupport
import Testing

@testable import HTTP

@Suite("Open file")
struct OpenFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("The tag stays while the file does, and changes with its content")
    func entityTag() throws {
        let path = try folder.write([1, 2, 3], to: "file")
        let first = try OpenFile(path: path)
        #expect(first.size == 3)
        #expect(try OpenFile(path: path).entityTag == first.entityTag)
        #expect(!first.entityTag.isWeak)

        try folder.write([1, 2, 3, 4], to: "file")
        #expect(try OpenFile(path: path).entityTag != first.entityTag)

        try folder.write([1, 2, 3], to: "other")
        rename("\(folder.path)/other", path)
        #expect(try OpenFile(path: path).entityTag != first.entityTag)
    }

    @Test("Opens a file of any time", arguments: [-3_000_000_000, -1, 0, 10_413_792_000])
    func times(_ seconds: Int) throws {
        let path = try folder.write([1], to: "file")
        let time = timespec(tv_sec: seconds, tv_nsec: 5)
        try #require(utimensat(AT_FDCWD, path, [time, time], 0) == 0)
        let file = try OpenFile(path: path)
        #expect(file.isUnchanged)
        #expect((0...HTTPDate.now + 300 * 366 * 86_400).contains(file.validators.lastModified))
        let request = try Request(method: .get, target: "/file")
        let answer = try FileResponse.respond(to: request, file: file, contentType: "text/plain")
        #expect(answer.headers["Last-Modified"].flatMap { HTTPDate.parse($0) } != nil)
    }

    @Test("Folders and missing files are not found")
    func notFound() {
        #expect(throws: FileError.notFound) { try OpenFile(path: folder.path) }
        #expect(throws: FileError.notFound) { try OpenFile(path: "\(folder.path)/missing") }
    }
}
