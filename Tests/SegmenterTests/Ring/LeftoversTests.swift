import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Leftovers")
struct LeftoversTests {
    private let folder: TemporaryFolder
    private let root: String

    init() throws {
        folder = try TemporaryFolder()
        root = folder.path + "/ring"
    }

    private func leaveRun(_ name: String) async throws -> ChildProcess {
        let directory = root + "/" + name
        try Directory.create(directory)
        let child = try await ChildProcess.start(
            "/bin/sleep",
            ["100"],
            directory: directory,
            onLine: { _ in }
        )
        PidFile(path: directory + "/" + PidFile.name).write(pid: child.pid)
        return child
    }

    @Test("Ends every ffmpeg of an earlier life and removes its rings, and nothing beside them")
    func removes() async throws {
        let children = [try await leaveRun("door/run1"), try await leaveRun("gate/run1")]
        try Directory.create(folder.path + "/clips")
        try Directory.create(root + "/door/run0")
        Leftovers.remove(from: root)
        for child in children { #expect(await child.exit() == .killed(signal: SIGKILL)) }
        #expect(Directory.names(folder.path) == ["clips"])
    }

    @Test("A clip's links to segments stay")
    func links() throws {
        try Directory.create(root + "/door/run")
        let segment = root + "/door/run/000001.m4s"
        try "media".write(toFile: segment, atomically: false, encoding: .utf8)
        #expect(link(segment, folder.path + "/frozen.m4s") == 0)
        Leftovers.remove(from: root)
        #expect(try String(contentsOfFile: folder.path + "/frozen.m4s", encoding: .utf8) == "media")
    }

    @Test("Nothing left is fine")
    func nothing() {
        Leftovers.remove(from: root)
        #expect(Directory.names(folder.path).isEmpty)
    }
}
