import Foundation
import Glibc
import TestSupport
import Testing

@testable import Segmenter

@Suite("Directory watcher")
struct DirectoryWatcherTests {
    private let folder: TemporaryFolder
    private let names = Gathered<String>()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func watcher() throws -> DirectoryWatcher {
        try DirectoryWatcher(folder.path) { [names] in names.add($0) }
    }

    private func rename(to name: String) throws {
        let elsewhere = folder.path + "/elsewhere"
        try Directory.create(elsewhere)
        let path = elsewhere + "/" + name
        try "text".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(Glibc.rename(path, folder.path + "/" + name) == 0)
    }

    @Test("Tells each file that is renamed into place or written there, in order, and no other")
    func tells() async throws {
        let watcher = try watcher()
        let expected = (1...500).map { "\($0).json" }
        for (number, name) in expected.enumerated() {
            if number % 2 == 0 {
                try rename(to: name)
            } else {
                try "text".write(
                    toFile: folder.path + "/" + name,
                    atomically: false,
                    encoding: .utf8
                )
                // Reading it is no news.
                _ = try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
            }
        }
        try await eventually("all names") { Set(names.values).count >= expected.count }
        // A child that another test starts may hold a file open for a moment longer: then it is told again.
        var told: Set<String> = []
        #expect(names.values.filter { told.insert($0).inserted } == expected)
        withExtendedLifetime(watcher) {}
    }

    @Test("Tells nothing any more once it is gone")
    func ends() async throws {
        var watcher: DirectoryWatcher? = try watcher()
        try rename(to: "a.json")
        try await eventually("the first name") { names.values == ["a.json"] }
        withExtendedLifetime(watcher) {}
        watcher = nil
        // What the watcher's end put on the poller's thread has been done when this has.
        let passed = Gathered<Bool>()
        Poller.shared.run { passed.add(true) }
        try await eventually("the poller") { !passed.values.isEmpty }
        try rename(to: "b.json")
        Poller.shared.run { passed.add(true) }
        try await eventually("the poller") { passed.values.count == 2 }
        #expect(names.values == ["a.json"])
    }

    @Test("Survives that its directory is removed")
    func removed() async throws {
        let gone = folder.path + "/gone"
        try Directory.create(gone)
        let lost = try DirectoryWatcher(gone) { _ in }
        let watcher = try watcher()
        Directory.remove(gone)
        try rename(to: "a.json")
        try await eventually("a name") { names.values == ["a.json"] }
        withExtendedLifetime((lost, watcher)) {}
    }

    @Test("A missing directory is a typed error")
    func missing() throws {
        #expect(throws: SegmenterError.system(call: "inotify_add_watch", errno: ENOENT)) {
            try DirectoryWatcher(folder.path + "/missing") { _ in }
        }
    }
}
