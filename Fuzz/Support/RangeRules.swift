/// What a Range field may select (RFC 9110 §14), found by marking one byte after another.
enum RangeRules {
    /// What a part costs besides its content.
    private static let partOverhead = 128

    static func check(_ field: String) {
        for size in [0, 1, 100, 2000] {
            check(RangeSelection(field, size: size), of: field, size: size)
        }
        if case .parts(let parts) = RangeSelection(field, size: .max) {
            checkShape(parts, size: .max)
        }
    }

    private static func check(_ selection: RangeSelection, of field: String, size: Int) {
        let problem = "\(field) of \(size) selects \(selection)."
        guard let asked = parse(field, size: size), asked.count <= 64 else {
            require(selection == .whole, problem)
            return
        }
        var marks = [Bool](repeating: false, count: size)
        var sum = 0
        for range in asked where range.lowerBound < size {
            for index in range.lowerBound..<min(range.upperBound, size) {
                marks[index] = true
                sum += 1
            }
        }
        let pieces = marks.indices.count { marks[$0] && ($0 == 0 || !marks[$0 - 1]) }
        switch selection {
        case .unsatisfiable:
            require(sum == 0 && !(size == 0 && asksForEnd(field)), problem)
        case .whole where size == 0:
            require(asksForEnd(field), problem)
        case .whole:
            require(sum + pieces * partOverhead > size && pieces > 1, problem)
        case .parts(let parts):
            require(pieces == parts.count && pieces > 0, problem)
            require(sum + pieces * partOverhead <= size || pieces == 1, problem)
            require(parts.allSatisfy { marks[$0].allSatisfy { $0 } }, problem)
            checkShape(parts, size: size)
            checkOrder(parts, asked: asked, problem)
        }
    }

    /// Within the file, none empty, none touching another, and so no more than the file in all.
    private static func checkShape(_ parts: [Range<Int>], size: Int) {
        require(!parts.isEmpty && parts.count <= 64, "\(parts.count) parts.")
        let sorted = parts.sorted { $0.lowerBound < $1.lowerBound }
        for (part, next) in zip(sorted, sorted.dropFirst()) {
            require(part.upperBound < next.lowerBound, "\(part) touches \(next).")
        }
        require(
            sorted.allSatisfy { $0.lowerBound >= 0 && !$0.isEmpty && $0.upperBound <= size },
            "\(parts) are not all within \(size) bytes."
        )
    }

    /// Each stands where the first range that it was made of stood.
    private static func checkOrder(_ parts: [Range<Int>], asked: [Range<Int>], _ problem: String) {
        let firsts = parts.map { part in asked.firstIndex { part.overlaps($0) } ?? -1 }
        require(firsts == firsts.sorted(), problem)
    }

    /// Whether a well-formed field holds a suffix range that isn't empty: even the end of nothing
    /// can be had, but not described (§14.1.1).
    private static func asksForEnd(_ field: String) -> Bool {
        field.dropFirst(6).split(separator: ",").contains { element in
            let text = element.drop { " \t".contains($0) }
            return text.hasPrefix("-") && text.contains { ("1"..."9").contains($0) }
        }
    }

    /// The ranges of a well-formed field, as they are asked for; nil for any other.
    private static func parse(_ field: String, size: Int) -> [Range<Int>]? {
        let scalars = Array(field.unicodeScalars)
        guard String(String.UnicodeScalarView(scalars.prefix(6))).lowercased() == "bytes=" else {
            return nil
        }
        var ranges: [Range<Int>] = []
        for element in scalars.dropFirst(6).split(separator: ",") {
            var text = element
            while text.first == " " || text.first == "\t" { text.removeFirst() }
            while text.last == " " || text.last == "\t" { text.removeLast() }
            if text.isEmpty { continue }
            let ends = text.split(separator: "-", omittingEmptySubsequences: false)
            guard
                ends.count == 2, !(ends[0].isEmpty && ends[1].isEmpty),
                ends.allSatisfy({ $0.allSatisfy("0123456789".unicodeScalars.contains) })
            else { return nil }
            guard let first = number(ends[0]) else {
                // An empty suffix, or one of an empty file, is nothing that lies within.
                let length = min(number(ends[1]) ?? 0, size)
                ranges.append(size - length..<size)
                continue
            }
            let last = number(ends[1]) ?? Int.max - 1
            guard first <= last else { return nil }
            ranges.append(first..<last + 1)
        }
        return ranges.isEmpty ? nil : ranges
    }

    /// Nil if there is none; no file reaches the largest.
    private static func number(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
        guard !digits.isEmpty else { return nil }
        return digits.reduce(0) { sum, digit in
            let (product, overflow) = sum.multipliedReportingOverflow(by: 10)
            let (next, carry) = product.addingReportingOverflow(Int(digit.value) - 48)
            return overflow || carry ? Int.max - 1 : min(next, Int.max - 1)
        }
    }
}
