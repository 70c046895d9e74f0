import Dispatch
import Glibc

/// Deletes files and directories in the order in which it is asked to.
///
/// Deleting can wait for a disk that syncs something else, for seconds; the recording thread must not.
package struct FileRemover: Sendable {
    /// All rings' storage is one: deleting side by side would not be quicker.
    private static let background = DispatchQueue(label: "remover")

    private let queue: DispatchQueue?

    /// Deletes before the call returns.
    package init() {
        queue = nil
    }

    private init(queue: DispatchQueue) {
        self.queue = queue
    }

    /// Deletes on a queue of its own, later.
    package static let inBackground = FileRemover(queue: background)

    func removeFiles(_ paths: [String]) {
        perform { for path in paths { unlink(path) } }
    }

    func removeDirectory(_ path: String) {
        perform { Directory.remove(path) }
    }

    /// Waits until all is gone that was asked for.
    func finish() async {
        await withCheckedContinuation { continuation in perform { continuation.resume() } }
    }

    private func perform(_ work: @escaping @Sendable () -> Void) {
        if let queue { queue.async(execute: work) } else { work() }
    }
}
