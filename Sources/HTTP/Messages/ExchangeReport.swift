/// What became of one request, once its answer has left or its connection was cut.
package struct ExchangeReport: Sendable {
    /// Nil when it could not be read.
    package let request: Request?

    /// The peer's numeric address, without its port.
    package let remoteAddress: String

    package let status: Status

    /// Bytes of the body, as far as the socket took them.
    package let bytesSent: Int

    /// False when the connection was cut before the answer was whole.
    package let isComplete: Bool

    /// When the request began, in microseconds since 1970.
    package let start: Int

    /// From the head's first byte until the socket took the answer's last.
    package let duration: Duration

    package let requestID: String

    package init(
        request: Request?,
        remoteAddress: String,
        status: Status,
        bytesSent: Int,
        isComplete: Bool,
        start: Int,
        duration: Duration,
        requestID: String
    ) {
        self.request = request
        self.remoteAddress = remoteAddress
        self.status = status
        self.bytesSent = bytesSent
        self.isComplete = isComplete
        self.start = start
        self.duration = duration
        self.requestID = requestID
    }
}
