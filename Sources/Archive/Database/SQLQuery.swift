/// A statement and the values of its parameters, in their order.
package struct SQLQuery: Sendable, Hashable {
    package let text: String
    package let values: [SQLValue]

    package init(text: String, values: [SQLValue]) {
        self.text = text
        self.values = values
    }
}
