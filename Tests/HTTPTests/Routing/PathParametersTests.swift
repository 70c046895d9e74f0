import HTTP
import Testing

@Suite("Path parameters")
struct PathParametersTests {
    private enum Colour: String, PathParameter {
        case red, green

        init?(pathPart: String) { self.init(rawValue: pathPart) }

        static let absence = "There is no such colour."
    }

    /// What a router that wants a number and a colour makes of a path.
    private func answer(_ target: String) async throws -> String? {
        var router = Router()
        router.on(.get, "/:count/:colour/:text") { request in
            let count: Int = try request.parameters.value("count")
            let colour: Colour = try request.parameters.value("colour")
            let text = try request.parameters.value("text", as: String.self)
            return Response(status: .ok, headers: ["X": "\(count + 1) \(colour) \(text)"])
        }
        let request = try Request(method: .get, target: target)
        return try await router.answer(to: request).response().headers["X"]
    }

    @Test("Parts become what they stand for")
    func typed() async throws {
        #expect(try await answer("/41/red/a%20b") == "42 red a b")
        #expect(try await answer("/-1/%67reen/7") == "0 green 7")
    }

    @Test(
        "A part that can't be that is not found, and the type says what there is none of",
        arguments: [
            ("/x/red/a", "There is nothing at this address."),
            ("/99999999999999999999/red/a", "There is nothing at this address."),
            ("/1/blue/a", "There is no such colour."), ("/1/Red/a", "There is no such colour."),
        ]
    )
    func notFound(_ target: String, _ detail: String) async throws {
        let error = await #expect(throws: HTTPError.self) { try await answer(target) }
        #expect(error?.status == .notFound)
        #expect(error?.detail == detail)
    }
}
