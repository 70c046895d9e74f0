import Dispatch

/// A serial executor of its own for actors whose work blocks: on files, on SQLite.
///
/// On the default executor such calls would hold up everything else (a 10 ms sleep woke after 1.6 s
/// beside sixteen blocking calls; after 10.6 ms beside an executor like this one).
package final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
