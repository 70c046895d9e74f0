import Foundation
import TestSupport

/// What idle connections cost: memory, and other clients' time.
struct IdleBenchmark {
    /// Connections that are left for the probe, whose own may be seen to close a little late.
    private static let spare = 10
    /// Descriptors that are left for everything else.
    private static let descriptors = 200
    private static let row = HTTPRow.small

    /// Those of the probe included.
    let count: Int

    /// How one server bore it.
    private struct Outcome {
        struct Latencies {
            let fresh: Sample
            let kept: Sample
        }

        let name: String
        let alone: Latencies
        let among: Latencies
        let before: ProcessFigures
        let after: ProcessFigures
    }

    func run() async throws {
        guard DescriptorLimit.hard >= count + Self.descriptors else {
            throw TestFailure(
                "\(count) connections need ulimit -Hn \(count + Self.descriptors), "
                    + "not \(DescriptorLimit.hard)"
            )
        }
        let folder = try TemporaryFolder()
        let files = folder.file("public")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: false)
        let (name, length) = Self.row.file
        try RandomFile.write(count: length, to: files.appending(path: name))
        try await withStopping(try await Contest.start(in: folder)) { contest in
            let servers: [any WebServer] = [contest.hindsight, contest.nginx[0]]
            _ = try await AnswerCheck(Self.row, of: servers, in: files)
            // Only now, so that the servers see to their own limits.
            DescriptorLimit.raise()
            try await Core.pinThisProcess(to: Core.load)
            var outcomes: [Outcome] = []
            for server in servers {
                outcomes.append(
                    try await LoadThread.run { [idle = count - Self.spare] cancellation in
                        try Self.measure(server, idle: idle, cancellation)
                    }
                )
            }
            show(outcomes)
        }
    }

    private static func measure(
        _ server: any WebServer,
        idle: Int,
        _ cancellation: LoadThread.Cancellation
    ) throws -> Outcome {
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { scratch.deallocate() }
        let (name, length) = row.file
        let probe = Probe(port: server.port, path: "/\(name)", length: length)
        func latencies() throws -> Outcome.Latencies {
            try cancellation.check()
            return .init(fresh: try probe.fresh(scratch), kept: try probe.kept(scratch))
        }
        // The first time warms up.
        _ = try latencies()
        let alone = try latencies()
        let before = try ProcessFigures(pid: server.pid)
        var connections: [CountingConnection] = []
        for _ in 0..<idle {
            try cancellation.check()
            let connection = try CountingConnection(port: server.port, isBlocking: true)
            try connection.fetch(probe.path, length: length, scratch)
            connections.append(connection)
        }
        let after = try ProcessFigures(pid: server.pid)
        let among = try latencies()
        // They are all there still.
        for connection in connections {
            try connection.fetch(probe.path, length: length, scratch)
        }
        return Outcome(
            name: server.name,
            alone: alone,
            among: among,
            before: before,
            after: after
        )
    }

    private func show(_ outcomes: [Outcome]) {
        let idle = count - Self.spare
        var memory = Table(
            "idle: memory with \(idle) idle connections",
            columns: ["", "resident MB before", "after", "KiB a connection", "of it private"]
        )
        for outcome in outcomes {
            func growth(_ figure: (ProcessFigures) -> Int) -> String {
                let bytes = Double(figure(outcome.after) - figure(outcome.before))
                return (bytes / Double(idle) / 1024).decimals(2)
            }
            memory.add(
                outcome.name,
                [
                    (Double(outcome.before.resident) / 1e6).decimals(1),
                    (Double(outcome.after.resident) / 1e6).decimals(1),
                    growth(\.resident), growth(\.private),
                ]
            )
        }
        memory.show()
        print("\n  aim for hindsight: under 6 KiB a connection")

        var latency = Table(
            "idle: microseconds until a 1 KiB file is there",
            columns: ["", "p50 alone", "among \(idle)", "ratio", "p99 alone", "among \(idle)"]
        )
        let kinds: [(String, (Outcome.Latencies) -> Sample)] = [
            ("a new connection", \.fresh), ("one kept connection", \.kept),
        ]
        for (kind, sample) in kinds {
            for outcome in outcomes {
                let (alone, among) = (sample(outcome.alone), sample(outcome.among))
                latency.add(
                    "\(outcome.name), \(kind)",
                    [
                        alone.median.decimals(0), among.median.decimals(0),
                        (among.median / alone.median).decimals(2),
                        alone.percentile(99).decimals(0), among.percentile(99).decimals(0),
                    ]
                )
            }
        }
        latency.show()
    }
}
