import TestSupport

/// What a benchmark found that must not be.
struct Violations {
    private var found: [String]

    init(_ found: [String] = []) {
        self.found = found
    }

    mutating func add(_ what: String, if isSo: Bool = true) {
        if isSo { found.append(what) }
    }

    /// Prints them, and fails if there are any, so that the program ends with another code than 0.
    func show() throws {
        guard !found.isEmpty else {
            print("  no violation")
            return
        }
        for what in found { print("  violation: \(what)") }
        throw TestFailure("\(found.count) violations")
    }
}
