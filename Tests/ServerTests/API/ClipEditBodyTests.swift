import Archive
import Foundation
import HTTP
import Testing

@testable import Server

@Suite("The body of an edit")
struct ClipEditBodyTests {
    private func edit(_ json: String) throws -> ClipEdit {
        try ClipEdit(JSONDecoder().decode([String: JSONValue].self, from: Data(json.utf8)))
    }

    @Test("What is not there stays, null clears, everything else is set")
    func fields() throws {
        #expect(try edit("{}") == ClipEdit())
        #expect(
            try edit(#"{"label": null, "note": null, "metadata": null, "locked": null}"#)
                == ClipEdit(
                    label: .some(nil),
                    note: .some(nil),
                    metadata: .some(nil),
                    locked: false
                )
        )
        #expect(try edit(#"{"label": ""}"#) == ClipEdit(label: .some(nil)))
        #expect(
            try edit(#"{"label": "a", "note": "b", "metadata": {"c": null}, "locked": true}"#)
                == ClipEdit(
                    label: "a",
                    note: "b",
                    metadata: .some(.object(["c": .null])),
                    locked: true
                )
        )
    }

    @Test(
        "A faulty one is refused by its name",
        arguments: [
            (#"{"camera": "a"}"#, 400, "camera"), (#"{"label": 1}"#, 400, "label"),
            (#"{"locked": "yes"}"#, 400, "locked"), (#"{"metadata": []}"#, 400, "metadata"),
            (#"{"label": "\#(String(repeating: "x", count: 101))"}"#, 422, "label"),
            (#"{"note": "\#(String(repeating: "x", count: 4001))"}"#, 422, "note"),
            (
                #"{"metadata": {"x": "\#(String(repeating: "x", count: 16_384))"}}"#, 422,
                "metadata"
            ),
        ]
    )
    func refused(json: String, status: Int, says: String) throws {
        let error = #expect(throws: HTTPError.self) { try edit(json) }
        #expect(error?.status.code == status)
        #expect(error?.detail.contains(says) == true)
    }
}
