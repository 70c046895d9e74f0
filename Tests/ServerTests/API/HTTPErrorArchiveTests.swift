import Archive
import HTTP
import Testing

@testable import Server

@Suite("Errors of the archive, as clients see them")
struct HTTPErrorArchiveTests {
    @Test(
        "A database that others keep locked is a 503 that says when to try again",
        arguments: [5, 6]
    )
    func busy(code: Int32) {
        let error = HTTPError(ArchiveError.database(code: code, message: "database is locked"))
        #expect(error.status == .serviceUnavailable)
        #expect(error.headers["Retry-After"] == "1")
    }
}
