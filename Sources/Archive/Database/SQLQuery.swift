/// A statement and the values of its parameters, in their order.
struct SQLQuery: Sendable, Hashable {
    let text: String
    let values: [SQLValue]
}
