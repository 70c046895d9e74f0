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

    @Test("Folders and missing files are not found")
    func notFound() {
        #expect(throws: FileError.notFound) { try OpenFile(path: folder.path) }
        #expect(throws: FileError.notFound) { try OpenFile(path: "\(folder.path)/missing") }
    }
}
