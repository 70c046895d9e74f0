import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Pid file")
struct PidFileTests {
    private let folder: TemporaryFolder
    private let file: PidFile

    init() throws {
        folder = try TemporaryFolder()
        file = PidFile(path: folder.path + "/" + PidFile.name)
    }

    private func sleeper() async throws -> ChildProcess {
        try await ChildProcess.start("/bin/sleep", ["100"], onLine: { _ in })
    }

    @Test("Ends the process that it names")
    func ends() async throws {
        let child = try await sleeper()
        file.write(pid: child.pid)
        file.endLeftover()
        #expect(await child.exit() == .killed(signal: SIGKILL))
    }

    @Test("Spares another process that got the same number")
    func reused() async throws {
        let child = try await sleeper()
        file.write(pid: child.pid)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        let fields = text.split { $0 == " " || $0 == "\n" }
        let started = try #require(UInt64(fields[1]))
        // As if the process had been an earlier one.
        try "\(child.pid) \(started - 1)\n".write(
            toFile: file.path,
            atomically: true,
            encoding: .utf8
        )
        file.endLeftover()
        #expect(ProcessTable.has(child.pid))
        await child.stop(grace: .seconds(10))
        #expect(await child.exit() == .killed(signal: SIGTERM))
    }

    @Test("A process that has ended is no leftover")
    func ended() async throws {
        let child = try await sleeper()
        file.write(pid: child.pid)
        await child.stop(grace: .seconds(10))
        file.endLeftover()
    }

    @Test(
        "What is no pid file does no harm",
        arguments: ["", "\n", "1", "x y", "-1 0", "0 0", "1 0", "99999999999 1", "4194304 1 1"]
    )
    func garbage(_ text: String) throws {
        try text.write(toFile: file.path, atomically: true, encoding: .utf8)
        file.endLeftover()
        PidFile(path: folder.path + "/missing").endLeftover()
    }
}
