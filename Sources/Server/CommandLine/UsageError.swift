/// A command line or setting that cannot be meant; the message says what to do.
struct UsageError: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
