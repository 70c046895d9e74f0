/// The Content-Range field (RFC 9110 §14.4).
enum ContentRange {
    static func text(_ range: Range<Int>, size: Int) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
    }

    static func unsatisfied(size: Int) -> String {
        "bytes */\(size)"
    }
}
