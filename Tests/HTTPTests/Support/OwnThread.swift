@testable import HTTP

/// Runs a test's body on a thread of its own, where it may block: the shared pool has as many
/// threads as there are cores, and what is tested may need one of them.
func onOwnThread(_ body: () async throws -> Void) async throws {
    let thread = try EventLoop(sweepInterval: 1_000_000_000)
    try thread.start()
    do {
        try await withTaskExecutorPreference(thread) { try await body() }
    } catch {
        await thread.drain()
        throw error
    }
    await thread.drain()
}
