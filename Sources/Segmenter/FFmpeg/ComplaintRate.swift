/// Tells a fault that lasts from one complaint now and then.
struct ComplaintRate: Sendable {
    private static let many = 20
    private static let window = Duration.seconds(10)

    private var count = 0
    private var start = Duration.zero

    /// Counts one, at a run's age; whether there have been many lately.
    mutating func add(at age: Duration) -> Bool {
        if age - start > Self.window { (count, start) = (0, age) }
        count += 1
        return count > Self.many
    }
}
