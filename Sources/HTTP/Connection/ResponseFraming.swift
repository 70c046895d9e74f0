/// How a response's content is delimited, and whether the connection survives it (RFC 9112 §6.3,
/// §9.3).
struct ResponseFraming: Equatable {
    enum Content: Equatable {
        /// None follows the head; `length` is what a GET would have been told, if anything.
        case none(length: Int?)
        case sized(Int)
        case chunked
        case untilClose
    }

    let content: Content
    let keepsAlive: Bool

    init(
        status: Status,
        bodyLength: Int?,
        method: Method?,
        version: HTTPVersion,
        keepsAlive: Bool
    ) {
        if status.forbidsContent {
            content = .none(length: nil)
            self.keepsAlive = keepsAlive
        } else if method == .head {
            content = .none(length: bodyLength)
            self.keepsAlive = keepsAlive
        } else if let bodyLength {
            content = .sized(bodyLength)
            self.keepsAlive = keepsAlive
        } else if version == .http11 {
            content = .chunked
            self.keepsAlive = keepsAlive
        } else {
            content = .untilClose
            self.keepsAlive = false
        }
    }
}
