/// How large the parts of a request may be, in bytes.
package struct ParserLimits: Sendable, Equatable {
    /// The request line; beyond it 414.
    package var requestLine = 8 * 1024

    /// All header fields together, or all trailer fields, with their line endings and the empty
    /// line after them; beyond it 431.
    package var headerBytes = 32 * 1024

    /// The number of header fields; beyond it 431.
    package var headerCount = 100

    /// The decoded body; beyond it 413.
    package var body = 1024 * 1024

    package init() {}
}
