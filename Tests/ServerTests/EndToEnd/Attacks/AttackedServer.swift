import Foundation
import TestSupport
import Testing

/// A real server that records nothing, so that what it takes is for its clients alone.
struct AttackedServer {
    let server: HindsightServer

    /// A file larger than what the kernel buffers, at `/large`.
    static let largeFile = 20_000_000

    static func run(_ body: (AttackedServer) async throws -> Void) async throws {
        let storage = try TemporaryFolder()
        let cameras = storage.file("none.json")
        try Data(#"{"cameras": [{"id": "off", "source": "0", "enabled": false}]}"#.utf8)
            .write(to: cameras)
        let page = storage.file("page")
        try FileManager.default.createDirectory(at: page, withIntermediateDirectories: true)
        try Data(count: largeFile).write(to: page.appending(path: "large"))
        let server = try await HindsightServer.start(
            settings: ["CAMERAS_FILE=\(cameras.path)", "PUBLIC_PATH=\(page.path)"],
            storage: storage
        )
        try await withStopping(server) { try await body(AttackedServer(server: $0)) }
    }

    var usage: ProcessUsage {
        get throws { try ProcessUsage(of: server.process.pid) }
    }

    /// How long each of some ordinary requests takes.
    func times(of count: Int = 10) async throws -> [Duration] {
        var times: [Duration] = []
        for _ in 1...count {
            let start = ContinuousClock.now
            let answer = try await server.client.get("/api/videos")
            times.append(ContinuousClock.now - start)
            #expect(answer.status == 200)
        }
        return times
    }

    /// Which share of one processor it takes while something is done again and again.
    func processorShare(over time: Duration, _ body: () throws -> Void) async throws -> Double {
        let (start, used) = (ContinuousClock.now, try usage.processorTime)
        while ContinuousClock.now - start < time {
            try body()
            try await Task.sleep(for: .milliseconds(100))
        }
        return try (usage.processorTime - used) / (ContinuousClock.now - start)
    }

    /// Makes an attack again and again, and expects that each time a request is answered as soon as
    /// before and every descriptor is closed again, until memory grows no more.
    func expectUnhurt(by attack: (Int) async throws -> Void) async throws {
        let usual = try #require(try await times(of: 20).max())
        let before = try usage
        var memory = [before.memory]
        // What is needed for the first time stays; a leak would grow each time.
        while memory.count < 3 || memory[memory.count - 1] - memory[memory.count - 2] > 256 << 10 {
            try #require(memory.count < 10, "\(memory)")
            try await attack(server.port)
            let fastest = try #require(try await times().min())
            // Generous: others use the machine too.
            #expect(fastest <= usual * 5)
            try await eventually("the attack's descriptors to be closed", timeout: .seconds(20)) {
                try usage.descriptors <= before.descriptors
            }
            memory.append(try usage.memory)
        }
    }
}
