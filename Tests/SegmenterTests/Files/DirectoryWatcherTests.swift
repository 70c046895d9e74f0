import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Directory watcher")
struct DirectoryWatcherTests {
    private let folder: TemporaryFolder
    private let renamed = Gathered<String>()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func watcher() throws -> DirectoryWatcher {
        try DirectoryWatcher(folder.path) { [renamed] in renamed.add($0) }
    }

    private func close(_ name: String) throws {
        let path = folder.path + "/" + name
        try "media".write(toFile: path + ".tmp", atomically: false, encoding: .utf8)
        #expect(rename(path + ".tmp", path) == 0)
    }

    @Test("Tells each file that is renamed into place, in order, and no other")
    func tells() async throws {
        let watcher = try watcher()
        let names = (1...500).map { "\($0).m4s" }
        for name in names { try close(name) }
        try await eventually("all names") { renamed.values.count >= names.count }
        #expect(renamed.values == names)
        withExtendedLifetime(watcher) {}
    }

    @Test("Tells nothing any more once it is gone")
    func ends() async throws {
        var watcher: DirectoryWatcher? = try watcher()
        try close("a.m4s")
        try await eventually("the first name") { renamed.values == ["a.m4s"] }
        withExtendedLifetime(watcher) {}
        watcher = nil
        // What the watcher's end put on the poller's thread has been done when this has.
        let passed = Gathered<Bool>()
        Poller.shared.run { passed.add(true) }
        try await eventually("the poller") { !passed.values.isEmpty }
        try close("b.m4s")
        Poller.shared.run { passed.add(true) }
        try await eventually("the poller") { passed.values.count == 2 }
        #expect(renamed.values == ["a.m4s"])
    }

    @Test("Survives that its directory is removed")
    func removed() async throws {
        let gone = folder.path + "/gone"
        try Directory.create(gone)
        let lost = try DirectoryWatcher(gone) { _ in }
        let watcher = try watcher()
        Directory.remove(gone)
        try close("a.m4s")
        try await eventually("a name") { renamed.values == ["a.m4s"] }
        withExtendedLifetime((lost, watcher)) {}
    }

    @Test("A missing directory is a typed error")
    func missing() throws {
        #expect(throws: SegmenterError.system(call: "inotify_add_watch", errno: ENOENT)) {
            try DirectoryWatcher(folder.path + "/missing") { _ in }
        }
    }
}
