/// A picture's width and height in pixels.
package struct PictureSize: Sendable, Hashable {
    /// What H.264 can hold and cameras have.
    private static let sides = 16...8192

    package let width: Int
    package let height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Reads `1280x720`; nil for what is none, is too large, or has an odd side.
    package init?(_ text: some StringProtocol) {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let width = sides[0], let height = sides[1],
            Self.sides.contains(width), Self.sides.contains(height),
            width % 2 == 0, height % 2 == 0
        else { return nil }
        self.init(width: width, height: height)
    }

    package var text: String { "\(width)x\(height)" }
}
