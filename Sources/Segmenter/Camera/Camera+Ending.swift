extension Camera {
    /// How a run ended.
    enum Ending {
        /// The source sends something else than was planned for.
        case replanned
        /// The source goes on with something that does not fit into this run.
        case changed(reason: String)
        case failed(reason: String)

        var isReplanned: Bool {
            if case .replanned = self { true } else { false }
        }

        var isFailure: Bool {
            if case .failed = self { true } else { false }
        }

        var reason: String? {
            switch self {
            case .replanned: nil
            case .changed(let reason), .failed(let reason): reason
            }
        }
    }
}
