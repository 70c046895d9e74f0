import Segmenter

/// A value for a statement's parameter.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)

    init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
    init(_ number: Double?) { self = number.map { .real($0) } ?? .null }
    /// Moments are kept as microseconds since 1970.
    init(_ moment: Timestamp?) { self = moment.map { .integer($0.microseconds) } ?? .null }
    init(_ flag: Bool) { self = .integer(flag ? 1 : 0) }
}
