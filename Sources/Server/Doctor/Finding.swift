/// What a check found, and what to do about it.
struct Finding: Sendable, Equatable {
    enum Outcome: String, Sendable {
        case good = "ok     "
        case warning = "warning"
        case failure = "FAILED "
    }

    let outcome: Outcome
    let text: String
    /// Nil when there is nothing to do.
    let remedy: String?

    static func good(_ text: String) -> Finding {
        Finding(outcome: .good, text: text, remedy: nil)
    }

    static func warning(_ text: String, remedy: String) -> Finding {
        Finding(outcome: .warning, text: text, remedy: remedy)
    }

    static func failure(_ text: String, remedy: String) -> Finding {
        Finding(outcome: .failure, text: text, remedy: remedy)
    }

    /// As one line for a log.
    var line: String { remedy.map { "\(text): \($0)" } ?? text }
}
