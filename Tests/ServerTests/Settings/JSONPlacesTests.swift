import Testing

@testable import Server

@Suite("Places in a JSON text")
struct JSONPlacesTests {
    private static let text = """
        {
          "größe": 1, "list": [
            {"name": "a \\" } ]", "on": true},
            [], {}, -1.5e3,
            {"name": null}
          ]
        }
        """

    @Test(
        "A member is where its name begins, an element where its value does",
        arguments: [
            ([], 1, 1), (["größe"], 2, 3), (["list"], 2, 15), (["list", "0"], 3, 5),
            (["list", "0", "on"], 3, 26), (["list", "2"], 4, 9), (["list", "3"], 4, 13),
            (["list", "4", "name"], 5, 6),
            // What is not there would be within what is.
            (["list", "4", "source"], 5, 5), (["list", "9"], 2, 15), (["other"], 1, 1),
        ]
    )
    func places(_ path: [String], _ line: Int, _ column: Int) {
        let places = JSONPlaces(Self.text)
        #expect(places.fault == nil)
        #expect(places.place(of: path) == .init(line: line, column: column))
    }

    @Test(
        "A fault is where the text ceases to be JSON",
        arguments: [
            ("", 1, 1), ("{", 1, 2), ("[1,\n 2", 2, 3), ("[1 2]", 1, 4), ("{\"a\" 1}", 1, 6),
            ("{a: 1}", 1, 2), ("[\n\n  nul]", 3, 3), ("[1] 2", 1, 5), ("[\"a\nb\"]", 1, 4),
            ("[\"a", 1, 4), ("[\"a\\", 1, 5), ("[--1]", 1, 2), ("[\u{1F4F7}]", 1, 2),
        ]
    )
    func faults(_ text: String, _ line: Int, _ column: Int) {
        #expect(JSONPlaces(text).fault == .init(line: line, column: column))
    }

    @Test("However deep a text is, it is read without harm")
    func deep() {
        #expect(JSONPlaces(String(repeating: "[", count: 100_000)).fault != nil)
    }
}
