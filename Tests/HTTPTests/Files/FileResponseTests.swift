import TestSupport
import Testing

@testable import HTTP

@Suite("File response")
struct FileResponseTests {
    private let folder: TemporaryFolder
    private let file: OpenFile

    init() throws {
        folder = try TemporaryFolder()
        file = try OpenFile(path: folder.write(Array(0..<100), to: "file"))
    }

    private func respond(
        _ headers: HeaderFields = [:],
        method: Method = .get
    ) throws -> Response {
        let request = try Request(method: method, target: "/", headers: headers)
        return try FileResponse.respond(
            to: request,
            file: file,
            contentType: "video/mp4",
            headers: ["Cache-Control": "no-cache"]
        )
    }

    private func range(of response: Response) -> Range<Int>? {
        if case .file(_, let range) = response.body { range } else { nil }
    }

    @Test("The whole file, with all that lets a client ask better next time")
    func whole() throws {
        let response = try respond()
        #expect(response.status == .ok)
        #expect(range(of: response) == 0..<100)
        #expect(response.headers["ETag"] == file.entityTag.text)
        #expect(response.headers["Accept-Ranges"] == "bytes")
        #expect(response.headers["Content-Type"] == "video/mp4")
        #expect(response.headers["Cache-Control"] == "no-cache")
        #expect(response.headers["Last-Modified"] != nil)
    }

    @Test("One range (RFC 9110 §15.3.7.1)")
    func single() throws {
        let response = try respond(["Range": "bytes=10-19"])
        #expect(response.status == .partialContent)
        #expect(range(of: response) == 10..<20)
        #expect(response.headers["Content-Range"] == "bytes 10-19/100")
    }

    @Test("Several ranges (RFC 9110 §15.3.7.2)")
    func multipart() throws {
        let response = try respond(["Range": "bytes=0-9,90-99"])
        #expect(response.status == .partialContent)
        #expect(response.headers["Content-Range"] == nil)
        let type = try #require(response.headers["Content-Type"])
        let boundary = try #require(type.split(separator: "boundary=").last.map(String.init))
        let message = MultipartRanges(
            [0..<10, 90..<100],
            of: file,
            contentType: "video/mp4",
            boundary: boundary
        )
        #expect(response.body.length == message.body.length)
        #expect(message.contentType == type)
    }

    @Test("HEAD ignores Range (RFC 9110 §14.2)")
    func head() throws {
        let response = try respond(["Range": "bytes=10-19"], method: .head)
        #expect(response.status == .ok)
        #expect(response.body.length == 100)
    }

    @Test("A range of another version is answered with the whole (RFC 9110 §13.1.5)")
    func ifRange() throws {
        let other = try respond(["Range": "bytes=10-19", "If-Range": "\"other\""])
        #expect(other.status == .ok)
        let same = try respond(["Range": "bytes=10-19", "If-Range": file.entityTag.text])
        #expect(same.status == .partialContent)
    }

    @Test("304 carries the validators and no content type (RFC 9110 §15.4.5)")
    func notModified() throws {
        let response = try respond(["If-None-Match": file.entityTag.text, "Range": "bytes=0-1"])
        #expect(response.status == .notModified)
        #expect(response.headers["ETag"] == file.entityTag.text)
        #expect(response.headers["Cache-Control"] == "no-cache")
        #expect(response.body.length == 0)
    }

    @Test("416 says how large the file is, 412 comes first (RFC 9110 §13.2.2, §15.5.17)")
    func errors() throws {
        let outside = try #require(throws: HTTPError.self) { try respond(["Range": "bytes=100-"]) }
        #expect(outside.status == .rangeNotSatisfiable)
        #expect(outside.headers["Content-Range"] == "bytes */100")
        let failed = try #require(throws: HTTPError.self) {
            try respond(["Range": "bytes=100-", "If-Match": "\"other\""])
        }
        #expect(failed.status == .preconditionFailed)
    }
}
