import Foundation
import HTTP
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite("Access log")
struct AccessLogTests {
    /// What the log said of itself.
    private final class Words: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock(\.self) }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    private func report(_ number: Int) -> ExchangeReport {
        ExchangeReport(
            request: nil,
            remoteAddress: "192.0.2.1",
            status: .ok,
            bytesSent: number,
            isComplete: true,
            start: 0,
            duration: .zero,
            requestID: "\(number)"
        )
    }

    /// The ids at the end of the combined lines of a file.
    private func ids(_ file: URL) throws -> [Int] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap {
            $0.split(separator: " ").last.flatMap { Int($0) }
        }
    }

    @Test("Every exchange gets a line, in order, at the latest when the log is closed")
    func lines() async throws {
        let folder = try TemporaryFolder()
        let file = folder.file("access.log")
        let log = try AccessLog(.combined, path: file.path, report: { _ in })
        log.record(report(0))
        try await eventually("the first line") { try ids(file) == [0] }
        for number in 1...2000 { log.record(report(number)) }
        await log.close()
        #expect(try ids(file) == Array(0...2000))
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
        #expect(mode as? Int == 0o640)
    }

    @Test("After a rotation lines go to the new file, those before it to the old one")
    func reopened() async throws {
        let folder = try TemporaryFolder()
        let (file, old) = (folder.file("access.log"), folder.file("access.log.1"))
        let log = try AccessLog(.combined, path: file.path, report: { _ in })
        for number in 0..<100 { log.record(report(number)) }
        try FileManager.default.moveItem(at: file, to: old)
        log.reopen()
        try await eventually("a new file") { FileManager.default.fileExists(atPath: file.path) }
        for number in 100..<200 { log.record(report(number)) }
        await log.close()
        #expect(try ids(old) == Array(0..<100))
        #expect(try ids(file) == Array(100..<200))
    }

    @Test("What a file that takes nothing cannot keep is counted, and nobody waits")
    func slowDisk() async throws {
        let folder = try TemporaryFolder()
        let pipe = folder.file("pipe")
        #expect(mkfifo(pipe.path, 0o600) == 0)
        let reader = open(pipe.path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        let words = Words()
        let log = try AccessLog(.combined, path: pipe.path, limit: 2000, report: words.add)
        // A pipe holds 64 KiB: about a thousand lines. The last of these find the log full.
        let total = 20_000
        for number in 0..<total { log.record(report(number)) }
        var text = Data()
        var isClosed = false
        let closing = Task { await log.close(within: .seconds(20)) }
        while !isClosed {
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = read(reader, &piece, piece.count)
            if count > 0 { text.append(contentsOf: piece[..<count]) }
            let kept = String(decoding: text, as: UTF8.self).split(separator: "\n").count
            let lost = words.all.compactMap {
                $0.firstMatch(of: /(\d+) lines/).flatMap { Int($0.1) }
            }
            isClosed = kept + lost.reduce(0, +) == total
            await Task.yield()
        }
        await closing.value
        #expect(!words.all.isEmpty)
    }

    @Test("A full disk is told of once")
    func fullDisk() async throws {
        let words = Words()
        let log = try AccessLog(.json, path: "/dev/full", report: words.add)
        for _ in 1...3 {
            log.record(report(1))
            await log.close()
        }
        #expect(words.all == ["the access log cannot be written: No space left on device"])
    }

    @Test("A path that cannot be opened is an error that names its setting")
    func badPath() throws {
        let error = #expect(throws: UsageError.self) {
            try AccessLog(.json, path: "/nonexistent/access.log", report: { _ in })
        }
        #expect(error?.message.contains("ACCESS_LOG_PATH=/nonexistent/access.log") == true)
    }
}
