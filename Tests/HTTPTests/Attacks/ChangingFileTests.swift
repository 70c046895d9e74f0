import Glibc
import HTTP
import TestSupport
import Testing

@Suite("Files that change while they're sent")
struct ChangingFileTests {
    enum Change: CaseIterable {
        case emptied, halved, shortenedByOne, overwritten, removed, replaced

        /// Whether the file that was opened is still there to be sent to its end.
        var leavesTheFile: Bool { self == .removed || self == .replaced }

        func make(in folder: TemporaryFolder) throws {
            let path = "\(folder.path)/large"
            switch self {
            case .emptied: truncate(path, 0)
            case .halved: truncate(path, ChangingFileTests.size / 2)
            case .shortenedByOne: truncate(path, ChangingFileTests.size - 1)
            case .overwritten:
                try folder.write([UInt8](repeating: 0x21, count: size), to: "large")
            case .removed: remove(path)
            case .replaced:
                try folder.write([UInt8](repeating: 0x21, count: size), to: "other")
                rename("\(folder.path)/other", path)
            }
        }
    }

    /// Larger than any socket buffer.
    fileprivate static let size = 8_000_000

    /// Different everywhere: a block's length is no power of two.
    private static let content: [UInt8] = {
        let block = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) }
        return (0..<size / block.count).flatMap { _ in block }
    }()

    @Test("arrive as they were when opened, or the connection ends", arguments: Change.allCases)
    func change(_ change: Change) async throws {
        let folder = try TemporaryFolder()
        try folder.write([], to: "after")
        let files = try StaticFiles(root: folder.path)
        try await withAttackedServer(handler: files.respond) { port in
            try folder.write(Self.content, to: "large")
            let client = try RawClient(port: port, receiveBuffer: 4096)
            // The second request must not be answered in the first one's stead.
            try client.send(
                "GET /large HTTP/1.1\r\nHost: a\r\n\r\nGET /after HTTP/1.1\r\nHost: a\r\n\r\n"
            )
            try client.peek()
            try change.make(in: folder)
            let head = try client.readHeadLines()
            #expect(head.contains("Content-Length: \(Self.size)"))
            if change.leavesTheFile {
                #expect(try client.readExactly(Self.size) == Self.content)
                #expect(try client.readResponse().status == 200)
            } else {
                let received = try client.readToEnd()
                #expect(received.count < Self.size)
                #expect(received == Array(Self.content.prefix(received.count)))
            }
        }
    }

    @Test("Ranges of a file that shrank end the connection too (RFC 9110 §14.6)")
    func ranges() async throws {
        let folder = try TemporaryFolder()
        try folder.write([], to: "after")
        let files = try StaticFiles(root: folder.path)
        try await withAttackedServer(handler: files.respond) { port in
            try folder.write(Self.content, to: "large")
            let client = try RawClient(port: port, receiveBuffer: 4096)
            try client.send(
                "GET /large HTTP/1.1\r\nHost: a\r\nRange: bytes=0-3999999,4000001-\r\n\r\n"
            )
            try client.peek()
            truncate("\(folder.path)/large", Self.size / 2)
            let received = try client.readToEnd()
            #expect(received.count < Self.size)
            #expect(received.count > 1000)
        }
    }
}
