import HTTP
import Testing

@Suite("Request body")
struct RequestBodyTests {
    @Test("Collects up to the limit and not beyond")
    func collects() async throws {
        #expect(try await RequestBody([1, 2, 3]).collect(upTo: 3) == [1, 2, 3])
        #expect(try await RequestBody.empty.collect(upTo: 0) == [])
        let error = await #expect(throws: HTTPError.self) {
            try await RequestBody([1, 2, 3]).collect(upTo: 2)
        }
        #expect(error?.status == .contentTooLarge)
    }
}
