/// The content of a request, read from the connection only as fast as the handler takes it.
///
/// It can be read once, until the response begins; what is left unread is thrown away.
package struct RequestBody: Sendable {
    /// Delivers the next piece, or nil at the end.
    typealias Source = @Sendable () async -> Result<[UInt8]?, HTTPError>

    /// Bytes to come, if the client said so; nil for the chunked coding.
    package let length: Int?

    private let source: Source?

    package static let empty = RequestBody(length: 0, source: nil)

    init(length: Int?, source: Source?) {
        self.length = length
        self.source = source
    }

    /// A body that is already there, for handlers' tests.
    package init(_ bytes: [UInt8]) {
        let rest = OneTimeBytes(bytes)
        self.init(length: bytes.count) { .success(rest.take()) }
    }

    /// The next piece as it arrives, nil at the end.
    ///
    /// Throws 400 if the body is malformed or breaks off, 408 if it stalls, 413 if it outgrows
    /// the server's limit.
    package func next() async throws(HTTPError) -> [UInt8]? {
        guard let source else { return nil }
        return try await source().get()
    }

    /// The whole body; throws 413 as soon as it is known to be larger than `limit` bytes.
    package func collect(upTo limit: Int) async throws(HTTPError) -> [UInt8] {
        if let length, length > limit { throw .contentTooLarge(limit: limit) }
        var bytes: [UInt8] = []
        while let piece = try await next() {
            guard bytes.count + piece.count <= limit else { throw .contentTooLarge(limit: limit) }
            bytes.append(contentsOf: piece)
        }
        return bytes
    }
}
