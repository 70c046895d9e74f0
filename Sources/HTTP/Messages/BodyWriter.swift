/// Where a streamed response's bytes go.
package struct BodyWriter: Sendable {
    /// Takes bytes and answers, once there's room for more, whether the client is still there.
    typealias Sink = @Sendable ([UInt8]) async -> Bool

    private let sink: Sink

    init(sink: @escaping Sink) {
        self.sink = sink
    }

    /// Sends bytes at once, and waits while the client is slower than the writer.
    ///
    /// Throws when the client has gone or the server closes the connection.
    package func write(_ bytes: [UInt8]) async throws(CancellationError) {
        guard await sink(bytes) else { throw CancellationError() }
    }
}
