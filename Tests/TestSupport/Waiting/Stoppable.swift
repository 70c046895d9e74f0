/// Something that runs until it is told to stop.
package protocol Stoppable: Sendable {
    /// Ends it and returns once it has ended; the second call does nothing.
    func stop() async
}

/// Gives `body` a running thing, and stops it however `body` ends.
package func withStopping<Running: Stoppable, Value>(
    _ running: Running,
    _ body: (Running) async throws -> Value
) async throws -> Value {
    do {
        let value = try await body(running)
        await running.stop()
        return value
    } catch {
        await running.stop()
        throw error
    }
}
