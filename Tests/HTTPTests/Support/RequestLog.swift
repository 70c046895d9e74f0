import HTTP
import Synchronization

/// Remembers the paths that a handler was asked for.
final class RequestLog: Sendable {
    private let seen = Mutex<[String]>([])

    var paths: [String] { seen.withLock { $0 } }

    /// Takes a request's body, whatever its size, and answers 200.
    var handler: Handler {
        { request in
            self.seen.withLock { $0.append(request.path) }
            let body = try await request.body.collect(upTo: .max)
            return Response(status: .ok, body: .bytes(Array("\(body.count)".utf8)))
        }
    }
}
