/// Answers one request; runs on the connection's event loop until it first leaves it.
///
/// Don't block: a handler that waits for the disk or a lock holds up every connection of its loop.
/// The task is cancelled when the client is found to be gone.
package typealias Handler = @Sendable (Request) async throws -> Response

/// Answers one request without suspending, and so without a task of its own.
package typealias ImmediateHandler = @Sendable (Request) throws -> Response

/// What everything that answers requests comes down to.
package typealias Responder = @Sendable (Request) throws -> Answer<any Error>
