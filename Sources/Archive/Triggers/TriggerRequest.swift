/// What one request asks for: a window of one camera, or of several at once.
package struct TriggerRequest: Sendable {
    /// One camera's part.
    package struct Order: Sendable {
        let trigger: Trigger
        /// Begins at the window's start; the archive closes it.
        let footage: any Footage

        package init(_ trigger: Trigger, footage: any Footage) {
            self.trigger = trigger
            self.footage = footage
        }
    }

    let orders: [Order]
    /// Cameras that could not even be ordered from.
    let refusals: [TriggerAnswer.Refusal]
    let key: IdempotencyKey?
    /// Puts an error in words for the client.
    let explain: @Sendable (ArchiveError) -> String

    /// - Parameter orders: at least one.
    package init(
        _ orders: [Order],
        refusals: [TriggerAnswer.Refusal] = [],
        key: IdempotencyKey? = nil,
        explain: @escaping @Sendable (ArchiveError) -> String = \.description
    ) {
        self.orders = orders
        self.refusals = refusals
        self.key = key
        self.explain = explain
    }
}
