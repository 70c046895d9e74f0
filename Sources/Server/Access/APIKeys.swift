/// Who may do what, by the key that they show.
struct APIKeys: Sendable, Equatable {
    /// What a request needs.
    enum Need: Sendable {
        case read
        case trigger
        case everything
    }

    let all: [String]
    let read: [String]
    let trigger: [String]

    /// No key is set: everyone who can reach the server may do everything.
    var isEmpty: Bool { all.isEmpty && read.isEmpty && trigger.isEmpty }

    func contains(_ key: String) -> Bool {
        (all + read + trigger).contains { Self.areEqual($0, key) }
    }

    func allows(_ key: String, _ need: Need) -> Bool {
        let special =
            switch need {
            case .read: read
            case .trigger: trigger
            case .everything: [String]()
            }
        // Every key is compared, so that the time taken tells nothing of which one was close.
        return (all + special).reduce(false) { Self.areEqual($1, key) || $0 }
    }

    /// Compares in a time that depends on the candidate's length alone.
    static func areEqual(_ secret: String, _ candidate: String) -> Bool {
        let secret = Array(secret.utf8)
        let candidate = Array(candidate.utf8)
        var difference = UInt8(secret.count == candidate.count ? 0 : 1)
        for (index, byte) in candidate.enumerated() {
            difference |= byte ^ (secret.isEmpty ? 0xFF : secret[index % secret.count])
        }
        return difference == 0
    }
}
