/// A picture's width and height in pixels.
package struct PictureSize: Sendable, Hashable {
    /// What H.264 can hold and cameras have.
    private static let sides = 16...8192
    /// More pixels than that are not decoded; 8192 × 4320 has 35 million.
    static let largestArea = 40_000_000

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

    /// Rounded up to even sides, which 4:2:0 H.264 wants.
    var even: PictureSize {
        PictureSize(width: width + width % 2, height: height + height % 2)
    }

    /// The largest of the same shape, with even sides, that fits into `frame`.
    func fitted(into frame: PictureSize) -> PictureSize {
        func scaled(_ side: Int, _ limit: Int) -> Int {
            // Both products are exact: which side limits is no matter of rounding.
            let isWider = width * frame.height > frame.width * height
            let exact = isWider ? side * frame.width / width : side * frame.height / height
            return max(2, min(exact, limit) / 2 * 2)
        }
        return PictureSize(
            width: scaled(width, frame.width),
            height: scaled(height, frame.height)
        )
    }
}
