/// One request under way on a connection, from its head to the end of its response.
final class Exchange {
    let method: Method
    let version: HTTPVersion
    let keepsAlive: Bool
    var decoder: BodyDecoder

    /// Whether the client waits for 100 (Continue).
    var expectsContinue: Bool

    /// Set when the body can't be read on: where the next request begins is then unknown.
    var bodyFailure: HTTPError?

    /// Runs the handler.
    var task: Task<Void, Never>?

    /// The handler, waiting for a piece of the body.
    var bodyWaiter: CheckedContinuation<Result<[UInt8]?, HTTPError>, Never>?

    /// The handler, waiting for room to write; told whether the client is still there.
    var writeWaiter: CheckedContinuation<Bool, Never>?

    /// How the response is framed, once it has begun.
    var framing: ResponseFraming?

    /// Bytes a streamed response of known length still owes.
    var owed = 0

    init(_ head: RequestHead, limits: ParserLimits) {
        method = head.method
        version = head.version
        keepsAlive = head.keepsAlive
        expectsContinue = head.expectsContinue
        decoder = BodyDecoder(head.framing, limits: limits)
    }

    func resumeBody(_ result: Result<[UInt8]?, HTTPError>) {
        bodyWaiter?.resume(returning: result)
        bodyWaiter = nil
    }

    func resumeWriter(_ isOpen: Bool) {
        writeWaiter?.resume(returning: isOpen)
        writeWaiter = nil
    }
}
