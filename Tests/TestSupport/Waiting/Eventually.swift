/// Waits until `condition` gives a value, asking again and again, and fails past `timeout`.
///
/// - Parameters:
///   - what: names the awaited thing in the failure.
///   - interval: the pause between two askings.
///   - condition: nil for "not yet"; an error it throws ends the waiting at once.
@discardableResult
package func eventually<Value>(
    _ what: @autoclosure () -> String = "the condition",
    timeout: Duration = .seconds(10),
    every interval: Duration = .milliseconds(20),
    _ condition: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + timeout
    while true {
        if let value = try await condition() { return value }
        guard ContinuousClock.now < deadline else {
            throw TestFailure("waited \(timeout) in vain for \(what())")
        }
        try await Task.sleep(for: interval)
    }
}

/// Waits until `condition` holds, asking again and again, and fails past `timeout`.
package func eventually(
    _ what: @autoclosure () -> String = "the condition",
    timeout: Duration = .seconds(10),
    every interval: Duration = .milliseconds(20),
    _ condition: () async throws -> Bool
) async throws {
    try await eventually(what(), timeout: timeout, every: interval) {
        try await condition() ? () : nil
    }
}
