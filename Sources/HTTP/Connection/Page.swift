/// The pages in which the kernel keeps files: sending is cheapest from one boundary to another.
enum Page {
    private static let size = 4096

    /// The boundary at or before a position.
    static func start(of position: Int) -> Int { position & ~(size - 1) }

    /// The boundary at or after a position.
    static func end(of position: Int) -> Int { start(of: position + size - 1) }
}
