import HTTP

/// A response as a client sees it.
struct RawResponse {
    let status: Int
    let headers: HeaderFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
}
