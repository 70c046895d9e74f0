#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Clip {
    /// The names of the fields that another record of the same clip has otherwise.
    func fields(differingFrom other: Clip) -> [String] {
        if self == other { return [] }
        let (mine, others) = (values, other.values)
        return CodingKeys.allCases.map(\.rawValue).filter { mine[$0] != others[$0] }
    }

    private var values: [String: JSONValue] {
        let data = try? JSONEncoder().encode(self)
        let values = data.flatMap { try? JSONDecoder().decode([String: JSONValue].self, from: $0) }
        return values ?? [:]
    }
}
