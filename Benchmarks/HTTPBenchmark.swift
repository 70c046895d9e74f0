import Foundation
import TestSupport

/// wrk against Hindsight and against nginx in turn, on the same files and the same core.
struct HTTPBenchmark {
    let rows: [HTTPRow]
    let rounds: Int

    func run() async throws {
        let folder = try TemporaryFolder()
        let files = folder.file("public")
        try FileManager.default.createDirectory(at: files, withIntermediateDirectories: false)
        for row in rows {
            let file = files.appending(path: row.file.name)
            if row == .list || FileManager.default.fileExists(atPath: file.path) { continue }
            try RandomFile.write(count: row.file.count, to: file)
        }
        if rows.contains(.list) { try await ClipList.record(ClipList.count, in: folder) }
        try await withStopping(try await Contest.start(in: folder)) { contest in
            if rows.contains(.list) {
                try await ClipList.save(from: contest.hindsight, in: files)
            }
            var summary = Table(
                "hindsight beside the better nginx: above 1 is better for hindsight",
                columns: ["", "requests/s", "p99", "CPU", "aim"]
            )
            for row in rows {
                let check = try await AnswerCheck(row, of: contest.servers, in: files)
                let results = try await measure(row, contest, check, Wrk(folder: folder))
                let ratios = show(row, results)
                summary.add("(\(row.rawValue)) \(row.title)", ratios + [row.aim.decimals(1)])
            }
            summary.show()
        }
    }

    /// A result for each server, in the contest's order.
    private func measure(
        _ row: HTTPRow,
        _ contest: Contest,
        _ check: AnswerCheck,
        _ wrk: Wrk
    ) async throws -> [ServerResult] {
        let servers = contest.servers
        for server in servers { _ = try await wrk.run(row, on: server, for: row.warmUp) }
        var results = servers.map { ServerResult(name: $0.name) }
        for _ in 0..<rounds {
            for (index, server) in servers.enumerated() {
                try Task.checkCancellation()
                let earlier = try ProcessFigures(pid: server.pid)
                let report = try await wrk.run(row, on: server, for: row.round)
                let later = try ProcessFigures(pid: server.pid)
                try check.check(report, of: server)
                results[index].rounds.append(
                    .init(
                        report,
                        requests: row.requests(report),
                        length: check.length,
                        from: earlier,
                        to: later
                    )
                )
            }
        }
        return results
    }

    /// Prints a row's table; gives the ratios for the summary.
    private func show(_ row: HTTPRow, _ results: [ServerResult]) -> [String] {
        var table = Table(
            "http (\(row.rawValue)): \(row.title), \(Wrk.connections) connections, medians of "
                + "\(rounds) × \(row.round.seconds.decimals(0)) s",
            columns: [
                "", "requests/s", "MB/s", "p99 ms", "CPU s/GB", "CPU µs/request", "user", "system",
                "busy %",
            ]
        )
        for result in results { table.add(result.name, result.cells) }
        let nginx = results[1...].max { $0.median(\.rate) < $1.median(\.rate) } ?? results[1]
        let own = results[0]
        func ratio(_ figure: (ServerResult.Round) -> Double) -> Double {
            own.median(figure) / nginx.median(figure)
        }
        let rate = ratio(\.rate).decimals(2)
        let p99 = (1 / ratio(\.p99)).decimals(2)
        let cpu = (1 / ratio(\.cpuPerGB)).decimals(2)
        table.show()
        print(
            "\n  hindsight beside \(nginx.name): requests/s \(rate), p99 \(p99), CPU \(cpu) "
                + "(above 1 is better for hindsight; aim \(row.aim.decimals(1)))"
        )
        return [rate, p99, cpu]
    }
}
