import Foundation
import TestSupport
import Testing

extension SideBySide {
    /// `slowhttptest`, which keeps asking with an ordinary request of its own whether it is served.
    @Suite("slowhttptest")
    struct SlowHTTPTests {
        struct Mode: CustomTestStringConvertible, Sendable {
            let testDescription: String
            let path: String
            let arguments: String
        }

        private static let modes = [
            Mode(testDescription: "slow heads", path: "/large", arguments: "-H -i 1 -x 24"),
            Mode(
                testDescription: "slow bodies",
                path: "/api/store",
                arguments: "-B -i 1 -s 8192 -x 10 -t POST"
            ),
            Mode(testDescription: "ranges", path: "/large", arguments: "-R -a 10 -b 3000 -t GET"),
            Mode(
                testDescription: "slow readers",
                path: "/large",
                arguments: "-X -w 512 -y 1024 -n 1 -z 32 -k 3"
            ),
        ]

        @Test("finds the service available in each of its modes", arguments: modes)
        func available(_ mode: Mode) async throws {
            try await AttackedServer.run { attacked in
                _ = try await attacked.times()
                let before = try attacked.usage.descriptors
                let attack = try await ChildProcess.start(
                    "slowhttptest",
                    mode.arguments.split(separator: " ").map(String.init)
                        // Connections, of them each second, seconds, and the wait for an answer.
                        + ["-c", "300", "-r", "150", "-l", "3", "-p", "3", "-g", "-o", "report"]
                        + ["-u", attacked.server.url(mode.path).absoluteString],
                    workingDirectory: attacked.server.storage.url
                )
                while attack.status == nil {
                    let answer = try await attacked.server.client.get("/api/videos")
                    #expect(answer.status == 200)
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(attack.status?.isSuccess == true, "\(attack.outputText)")
                // Seconds, Closed, Pending, Connected, Service Available: a row for each second.
                let report = try String(
                    contentsOf: attacked.server.storage.file("report.csv"),
                    encoding: .utf8
                )
                let rows = report.split(separator: "\n").dropFirst()
                    .map { $0.split(separator: ",") }
                #expect(!rows.isEmpty)
                #expect(rows.allSatisfy { $0.last.flatMap { Int($0) } ?? 0 > 0 }, "\(report)")
                #expect(rows.contains { ($0.dropFirst(3).first.flatMap { Int($0) } ?? 0) > 100 })
                try await eventually("the attack's descriptors to be closed") {
                    try attacked.usage.descriptors <= before
                }
            }
        }
    }
}
