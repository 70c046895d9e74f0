import Foundation

/// A folder on a file system whose change times are coarse or of another clock, as exFAT's and NFS's are.
///
/// It is made with FUSE, which takes root or `fusermount`.
package final class OddTimes: Stoppable {
    /// What is odd about it.
    package struct Oddity: Sendable {
        /// By how many seconds its clock is ahead of this machine's.
        package var ahead: Double
        /// From one moment that it knows to the next, in seconds.
        package var step: Double
        package var hasLinks: Bool

        package init(ahead: Double = 0, step: Double = 0, hasLinks: Bool = true) {
            self.ahead = ahead
            self.step = step
            self.hasLinks = hasLinks
        }
    }

    private let process: ChildProcess
    private let storage: TemporaryFolder
    private let place: TemporaryFolder

    private init(process: ChildProcess, storage: TemporaryFolder, place: TemporaryFolder) {
        self.process = process
        self.storage = storage
        self.place = place
    }

    /// Where it is mounted.
    package var path: String { place.path }

    /// Why none can be mounted here, in plain words; nil if one can.
    package static func obstacle() async -> String? {
        do {
            await (try await start(Oddity())).stop()
            return nil
        } catch {
            return "no file system with odd times: \(error)"
        }
    }

    /// Mounts it.
    package static func start(_ oddity: Oddity) async throws -> OddTimes {
        let (storage, place) = (try TemporaryFolder(), try TemporaryFolder())
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "filesystems/odd_times.py")
        var arguments = ["-B", script.path, storage.path, place.path]
        arguments += ["--ahead", "\(oddity.ahead)", "--step", "\(oddity.step)"]
        if !oddity.hasLinks { arguments.append("--no-links") }
        // Debian's own Python, which has FUSE.
        let process = try await ChildProcess.start("/usr/bin/python3", arguments, input: .open)
        let mounted = OddTimes(process: process, storage: storage, place: place)
        do {
            _ = try await process.line(startingWith: "ready", timeout: .seconds(20))
        } catch {
            await mounted.stop()
            throw error
        }
        return mounted
    }

    package func stop() async {
        await process.stop()
        // What a program that was killed has left.
        umount2(path, Int32(MNT_DETACH))
    }
}
