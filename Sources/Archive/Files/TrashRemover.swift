import Segmenter

/// Removes folders that are in nobody's way any more, one after another.
///
/// Runs on an executor of its own: a large folder on a slow disk takes its time.
actor TrashRemover {
    private let executor = QueueExecutor(label: "trash")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// True when it is gone.
    @discardableResult
    func remove(_ folder: ClipFolder) -> Bool {
        folder.removeAll()
    }
}
