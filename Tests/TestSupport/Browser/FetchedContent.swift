/// What a page got by `fetch()`.
package struct FetchedContent: Sendable, Decodable, Equatable {
    package let status: Int
    /// In bytes.
    package let length: Int
    /// Of the content, in hexadecimal.
    package let sha256: String

    package init(status: Int, length: Int, sha256: String) {
        self.status = status
        self.length = length
        self.sha256 = sha256
    }
}
