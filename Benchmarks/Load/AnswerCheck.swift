import Foundation
import TestSupport

/// Makes sure that all servers answer a row's requests alike, and rightly.
struct AnswerCheck {
    let row: HTTPRow
    let folder: URL
    /// Of the body.
    let length: Int

    /// Asks every server, and fails if an answer is not the file's bytes.
    init(_ row: HTTPRow, of servers: [any WebServer], in folder: URL) async throws {
        self.row = row
        self.folder = folder
        let file = folder.appending(path: row.file.name)
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size]
        guard let size = size as? Int else { throw TestFailure("\(file.path) has no size") }
        let length = row.rangeLength ?? size
        self.length = length
        for _ in 0..<(row.rangeLength == nil ? 1 : 10) {
            let first = Int.random(in: 0...size - length)
            let expected = try RandomFile.read(first..<first + length, of: file)
            for server in servers {
                let response = try await server.client.get(
                    row.path(on: server),
                    range: row.rangeLength.map { "\(first)-\(first + $0 - 1)" },
                    headers: row.headers
                )
                let range = "bytes \(first)-\(first + length - 1)/\(size)"
                guard
                    row.rangeLength == nil
                        ? response.status == 200
                        : response.status == 206 && response.header("Content-Range") == range,
                    response.header("Content-Length") == "\(length)",
                    response.body == expected
                else {
                    throw TestFailure(
                        """
                        \(server.name), row \(row.rawValue): \(response.status) with \
                        \(response.body.count) bytes that are not those of the file
                        \(response.headers)
                        """
                    )
                }
            }
        }
    }

    /// Fails unless what came in is as long as so many right answers are.
    func check(_ report: WrkReport, of server: any WebServer) throws {
        let longestHead = 2048
        // When wrk stops, some answers of every connection may be under way.
        let most = (report.requests + 2 * Wrk.connections) * (length + longestHead)
        guard (report.requests * length...most).contains(report.bytes) else {
            throw TestFailure(
                "\(server.name), row \(row.rawValue): \(report.requests) answers of "
                    + "\(length) bytes cannot be \(report.bytes) bytes"
            )
        }
    }
}
