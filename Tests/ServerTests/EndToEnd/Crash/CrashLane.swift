import Archive
import Foundation
import TestSupport

/// One storage folder, and the lives of the program that it sees, each ended by SIGKILL.
struct CrashLane {
    private static let maxClips = 4

    /// What a lane has come to.
    struct Outcome {
        var kills = 0
        var accepted = 0
        /// How often each fault point was reached.
        var reached: [FaultPoint: Int] = [:]
        var violations: [String] = []
    }

    private let storage: TemporaryFolder
    private let settings: [String]
    private var random: SplitMix64
    private var ledger = CrashLedger(maxClips: maxClips)
    private var outcome = Outcome()

    /// - Parameter film: what the camera shows.
    init(film: URL, seed: UInt64) throws {
        storage = try TemporaryFolder()
        random = SplitMix64(seed: seed)
        settings = [
            "CAMERA_SOURCE=\(film.path)", "SEGMENT_DURATION=0.5", "BUFFER_DURATION=10",
            "MAX_CLIPS=\(Self.maxClips)", "MIN_FREE_GB=0",
        ]
    }

    /// Lives through all these deaths, and one life more in which everything comes to its end.
    mutating func run(_ deaths: [CrashDeath]) async throws -> Outcome {
        for death in deaths { try await live(death) }
        let server = try await HindsightServer.start(settings: settings, storage: storage)
        try await withStopping(server) { server in
            let clips = try await eventually("all clips", timeout: .seconds(120)) {
                let clips = try await server.clips()
                let isDone = clips.allSatisfy { ["ready", "failed"].contains($0.status) }
                return isDone && clips.count <= Self.maxClips ? clips : nil
            }
            outcome.violations += ledger.violations(of: clips)
            for clip in clips {
                outcome.violations += try await CrashAudit.violations(of: clip, server)
            }
            // Files of deleted clips go in the background.
            try? await eventually(timeout: .seconds(20)) {
                try CrashAudit.violations(of: storage, holding: clips).isEmpty
            }
            outcome.violations += try CrashAudit.violations(of: storage, holding: clips)
        }
        outcome.violations += try await checkFindings()
        outcome.accepted = ledger.accepted
        return outcome
    }

    /// What `hindsight check` finds.
    private func checkFindings() async throws -> [String] {
        let check = try await HindsightServer.run(
            ["check", "STORAGE_PATH=\(storage.path)"],
            in: storage
        )
        let status = try await check.exit(within: .seconds(60))
        return status == .exited(0) ? [] : ["check: \(check.outputText)\(check.errorText)"]
    }

    /// One life: triggers and deletes until it is killed.
    private mutating func live(_ death: CrashDeath) async throws {
        let started = ContinuousClock.now
        let process = try await HindsightServer.run(
            ["serve", "PORT=0", "STORAGE_PATH=\(storage.path)"] + settings,
            in: storage,
            environment: death.environment
        )
        let killer = Task {
            try await Task.sleep(for: death.limit)
            process.send(SIGKILL)
        }
        defer { killer.cancel() }
        while process.status == nil {
            if let port = process.errorText.firstMatch(of: /the page: http:\/\/[^:]+:(\d+)\/\n/)?.1
            {
                // A request that is cut short tells nothing.
                try? await act(HTTPClient(port: Int(port) ?? 0))
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 10...60, using: &random)))
        }
        guard process.status == .signalled(SIGKILL) else {
            throw TestFailure("ended by itself: \(process.errorText)")
        }
        outcome.kills += 1
        if case .fault(let point, _) = death, ContinuousClock.now - started < death.limit {
            outcome.reached[point, default: 0] += 1
        }
    }

    private mutating func act(_ client: HTTPClient) async throws {
        let clips: [ClipAnswer] = try await client.get("/api/videos?limit=1000").json()
        outcome.violations += ledger.violations(of: clips)
        // So that a slow machine does not fall ever further behind.
        guard clips.count(where: { ["recording", "processing"].contains($0.status) }) < 3 else {
            return
        }
        let after = [0, 0.4, 1][Int.random(in: 0..<3, using: &random)]
        let body = #"{"before": 1, "after": \#(after)}"#
        let answer = try await client.post("/api/store", json: body)
        guard answer.status == 202 else { return }
        ledger.accept(try answer.json())
        // Seldom enough for more clips to be there than may be.
        if Int.random(in: 0..<4, using: &random) == 0,
            let clip = clips.randomElement(using: &random)
        {
            try await ledger.delete(clip.id) {
                try await client.delete("/api/videos/\(clip.id)").status == 200
            }
        }
    }
}
