import Foundation
import TestSupport
import Testing

@testable import Archive

@Suite("Write-ahead log")
struct WriteAheadLogTests {
    private static let frame = 24 + 4096

    /// A log of several commits, as a crash leaves it.
    private let log: [UInt8]

    init() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db").path
        let database = try Database(path: path, mode: .readWrite)
        try database.execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL")
        try database.execute("CREATE TABLE t (a)")
        for number in 0..<4 { try database.run("INSERT INTO t VALUES (?)", [SQLValue(number)]) }
        // Read while the database is open: closing it takes the log in.
        log = Array(try Data(contentsOf: URL(filePath: path + "-wal")))
        #expect(log.count == 32 + 6 * Self.frame)
    }

    private func isDamaged(_ change: (inout [UInt8]) -> Void) -> Bool {
        var log = log
        change(&log)
        return WriteAheadLog.isDamaged(log)
    }

    @Test("One that is whole, or empty, is not damaged")
    func whole() {
        #expect(!WriteAheadLog.isDamaged(log))
        #expect(!WriteAheadLog.isDamaged([]))
        #expect(!WriteAheadLog.isDamaged(Array(log.prefix(32))))
    }

    @Test("One that ends in the middle of a frame is as a crash leaves it", arguments: 1...5)
    func cut(frames: Int) {
        #expect(!isDamaged { $0.removeLast(frames * 1000) })
    }

    @Test("A last commit of which not all was written is as a crash leaves it")
    func torn() {
        #expect(!isDamaged { $0[$0.count - 1] ^= 1 })
    }

    @Test("What an earlier use of the log has left behind its end is no damage")
    func earlierUse() {
        #expect(
            !isDamaged { log in
                for frame in 3..<6 { log[32 + frame * Self.frame + 8] ^= 1 }
            }
        )
    }

    @Test("Commits behind a flipped byte are found", arguments: [0, 7, 8, 16, 24, 2000, 4119])
    func flipped(offset: Int) {
        for frame in 0..<5 {
            #expect(isDamaged { $0[32 + frame * Self.frame + offset] ^= 0x10 }, "frame \(frame)")
        }
    }

    @Test("A damaged header hides everything behind it", arguments: [0, 5, 8, 11, 16, 23, 24, 31])
    func header(offset: Int) {
        #expect(isDamaged { $0[offset] ^= 0x10 })
    }

    @Test("Whatever is not a log is damaged, and nothing in it is read beyond its end")
    func garbage() {
        var generator = SystemRandomNumberGenerator()
        for count in [57, 1000, 100_000] {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(WriteAheadLog.isDamaged(bytes))
        }
    }
}
