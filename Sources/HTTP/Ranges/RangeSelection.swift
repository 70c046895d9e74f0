/// Which bytes a Range field asks for (RFC 9110 §14.1.2, §14.2).
enum RangeSelection: Equatable {
    /// Everything: there was no such field, or it is to be ignored.
    case whole

    /// Ranges within the representation, not empty, in the order asked, none touching another.
    case parts([Range<Int>])

    /// 416.
    case unsatisfiable

    /// More ranges than any honest client asks for are answered with the whole.
    private static let maximum = 64

    /// What a part of a multipart message costs besides its content, about, in bytes.
    private static let partOverhead = 128

    /// Reads a field's value; `size` is that of the representation in bytes.
    init(_ field: String?, size: Int) {
        guard let field, let specs = Self.parse(field), specs.count <= Self.maximum else {
            self = .whole
            return
        }
        let ranges = specs.compactMap { $0.resolve(size: size) }
        if ranges.isEmpty {
            // The end of nothing is satisfiable, but no Content-Range can say so (§14.1.1).
            let asksForEnd = specs.contains { if case .suffix(1...) = $0 { true } else { false } }
            self = asksForEnd ? .whole : .unsatisfiable
            return
        }
        let parts = Self.coalesce(ranges)
        // Ranges that overlap many times over, or are tiny and many, are an attack (§14.2, §17.15).
        let asked = ranges.reduce(Double(parts.count * Self.partOverhead)) {
            $0 + Double($1.count)
        }
        self = asked > Double(size) && parts.count > 1 ? .whole : .parts(parts)
    }

    private enum Spec {
        case from(Int, to: Int?)
        case suffix(Int)

        func resolve(size: Int) -> Range<Int>? {
            switch self {
            case .from(let first, let last):
                guard first < size else { return nil }
                return first..<min(last ?? .max, size - 1) + 1
            case .suffix(let length):
                guard length > 0, size > 0 else { return nil }
                return max(0, size - length)..<size
            }
        }
    }

    /// Nil if the unit isn't bytes or anything is malformed: such a field is ignored (§14.2).
    private static func parse(_ field: String) -> [Spec]? {
        let bytes = field.utf8
        guard
            let equals = bytes.firstIndex(of: ASCII.equals),
            ASCII.equalIgnoringCase(bytes[..<equals], "bytes".utf8)
        else { return nil }
        var specs: [Spec] = []
        // What comes after too many needn't be looked at: the rest of it is no range.
        let list = bytes[bytes.index(after: equals)...]
            .split(separator: ASCII.comma, maxSplits: maximum)
        for element in list.map({ ASCII.trim($0) }) where !element.isEmpty {
            guard let spec = parseSpec(element) else { return nil }
            specs.append(spec)
        }
        return specs.isEmpty ? nil : specs
    }

    private static func parseSpec(_ text: Substring.UTF8View) -> Spec? {
        guard let dash = text.firstIndex(of: ASCII.dash) else { return nil }
        let before = text[..<dash]
        let after = text[text.index(after: dash)...]
        if before.isEmpty { return position(after).map(Spec.suffix) }
        guard let first = position(before) else { return nil }
        if after.isEmpty { return .from(first, to: nil) }
        guard let last = position(after), first <= last else { return nil }
        return .from(first, to: last)
    }

    /// Digits only; beyond the largest file there can be, it makes no difference by how much.
    private static func position(_ digits: Substring.UTF8View) -> Int? {
        guard !digits.isEmpty, digits.allSatisfy(ASCII.isDigit) else { return nil }
        return Int(Substring(digits)) ?? .max
    }

    /// Joins ranges that overlap or touch, each where the first of them stood.
    private static func coalesce(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges {
            var merged = range
            var place: Int?
            // A range may bridge several that were apart before it.
            for index in joined.indices.reversed() {
                let other = joined[index]
                guard other.lowerBound <= merged.upperBound, merged.lowerBound <= other.upperBound
                else { continue }
                merged =
                    min(
                        other.lowerBound,
                        merged.lowerBound
                    )..<max(
                        other.upperBound,
                        merged.upperBound
                    )
                joined.remove(at: index)
                place = index
            }
            joined.insert(merged, at: place ?? joined.endIndex)
        }
        return joined
    }
}
