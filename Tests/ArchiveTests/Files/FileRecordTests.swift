import Foundation
import TestSupport
import Testing

@testable import Archive

@Suite("A file's record")
struct FileRecordTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("Has its size and checksum, however long it is", arguments: [0, 9, 262_144, 262_145])
    func reads(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let file = folder.file("a")
        try Data(bytes).write(to: file)
        var sum = CRC32C()
        bytes.withUnsafeBytes { sum.add($0) }
        let record = try FileRecord(reading: file.path, as: "a")
        #expect(record == FileRecord(name: "a", size: count, crc32c: sum.value))
    }

    @Test("Of a file that is not there, or a link to elsewhere, there is none")
    func none() throws {
        #expect(throws: ArchiveError.file(action: "read a file", errno: ENOENT)) {
            try FileRecord(reading: folder.file("a").path, as: "a")
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link").path,
            withDestinationPath: "/etc/passwd"
        )
        #expect(throws: ArchiveError.file(action: "read a file", errno: ELOOP)) {
            try FileRecord(reading: folder.file("link").path, as: "link")
        }
    }
}
