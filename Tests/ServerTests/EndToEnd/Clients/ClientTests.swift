import Testing

extension EndToEnd {
    /// What programs that others wrote fetch is what is on disk, byte for byte.
    @Suite("A clip and its usual clients", .recordedClip, .timeLimit(.minutes(2)))
    enum ClientTests {}
}
