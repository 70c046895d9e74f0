/// What a handler answers.
///
/// The server itself adds `Date`, `Server`, `Connection`, `Content-Length` and
/// `Transfer-Encoding`; of those in `headers`, only `Connection: close` is heeded.
package struct Response: Sendable {
    package var status: Status
    package var headers: HeaderFields
    package var body: ResponseBody

    package init(status: Status, headers: HeaderFields = [:], body: ResponseBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
