import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite("File watcher")
struct FileWatcherTests {
    private final class Count: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    private let folder: TemporaryFolder
    private let told = Count()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    private func write(_ text: String, to name: String) throws {
        try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    }

    private func replace(_ name: String) throws {
        try write("new", to: "temporary")
        #expect(rename(path("temporary"), path(name)) == 0)
    }

    /// Expects that `action` is told of, and was the first to be.
    private func expectNews(_ action: () throws -> Void) async throws {
        let before = told.value
        try action()
        try await eventually("news") { told.value > before }
    }

    private func makeFolders() throws {
        for name in ["first", "second"] {
            try FileManager.default.createDirectory(
                atPath: path(name),
                withIntermediateDirectories: true
            )
            try write(name, to: "\(name)/cameras.json")
        }
    }

    @Test("Tells of writing in place and of replacement, again and again, and of no other file")
    func file() async throws {
        try write("old", to: "cameras.json")
        let watcher = try FileWatcher(path("cameras.json")) { [told] in told.add() }
        try write("x", to: "other.json")
        try replace("another.json")
        for _ in 0..<3 {
            let before = told.value
            try await expectNews { try replace("cameras.json") }
            #expect(told.value == before + 1)
            try await expectNews { try write("newer", to: "cameras.json") }
        }
        withExtendedLifetime(watcher) {}
    }

    @Test("A file that is not there yet is told of when it comes")
    func missing() async throws {
        let watcher = try FileWatcher(path("cameras.json")) { [told] in told.add() }
        try await expectNews { try write("x", to: "cameras.json") }
        withExtendedLifetime(watcher) {}
        #expect(throws: (any Error).self) { try FileWatcher(path("missing/cameras.json")) {} }
    }

    @Test("A link that is pointed elsewhere is told of, and so is a change of what it points to")
    func link() async throws {
        try makeFolders()
        #expect(symlink("first/cameras.json", path("cameras.json")) == 0)
        let watcher = try FileWatcher(path("cameras.json")) { [told] in told.add() }
        try await expectNews { try write("x", to: "first/cameras.json") }
        try await expectNews {
            #expect(symlink("second/cameras.json", path("link")) == 0)
            #expect(rename(path("link"), path("cameras.json")) == 0)
        }
        withExtendedLifetime(watcher) {}
    }

    @Test("A folder that is swapped below a link, as Kubernetes does it, is told of")
    func configMap() async throws {
        try makeFolders()
        #expect(symlink("first", path("..data")) == 0)
        #expect(symlink("..data/cameras.json", path("cameras.json")) == 0)
        let watcher = try FileWatcher(path("cameras.json")) { [told] in told.add() }
        try await expectNews {
            #expect(symlink("second", path("..data_tmp")) == 0)
            #expect(rename(path("..data_tmp"), path("..data")) == 0)
        }
        withExtendedLifetime(watcher) {}
    }
}
