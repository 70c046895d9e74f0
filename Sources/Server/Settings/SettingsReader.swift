/// Reads single settings; an error names the setting, its value and what it may be.
struct SettingsReader {
    private let values: [String: String]

    init(_ values: [String: String]) {
        self.values = values
    }

    func text(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func list(_ name: String) -> [String] {
        (text(name) ?? "").split(separator: ",").compactMap { part in
            let words = part.split(whereSeparator: \.isWhitespace)
            return words.isEmpty ? nil : words.joined(separator: " ")
        }
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw UsageError(
                "\(name)=\(text) is not a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return value
    }

    func number(
        _ name: String,
        in range: ClosedRange<Double>,
        of unit: String = "seconds"
    ) throws(UsageError) -> Double? {
        guard let text = text(name) else { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw UsageError(
                "\(name)=\(text) is not a number of \(unit) from \(range.lowerBound) to "
                    + "\(range.upperBound)"
            )
        }
        return value
    }

    func flag(_ name: String) throws(UsageError) -> Bool? {
        guard let text = text(name) else { return nil }
        switch text.lowercased() {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw UsageError("\(name)=\(text) is neither true nor false")
        }
    }
}
