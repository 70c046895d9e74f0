import HTTP
import Testing

@testable import Server

@Suite("Prefer: wait")
struct WaitPreferenceTests {
    @Test(
        "The first wait counts, up to two minutes; what cannot be understood is ignored",
        arguments: [
            (["wait=10"], 10), (["wait=0"], 0), (["Wait = \"7\""], 7), (["wait=120"], 120),
            (["wait=121"], 120), (["wait=99999999999999999999"], 120),
            (["respond-async, wait=3"], 3), (["respond-async", "wait=4"], 4),
            (["wait=5; x=1, wait=6"], 5), (["handling=lenient;wait=5"], nil), (["wait"], nil),
            (["wait="], nil), (["wait=-1"], nil), (["wait=1.5"], nil), (["wait=x"], nil),
            (["waiting=5"], nil), ([""], nil), ([], nil),
        ] as [([String], Int?)]
    )
    func seconds(fields: [String], expected: Int?) {
        var headers: HeaderFields = [:]
        for field in fields { headers.append("Prefer", field) }
        #expect(WaitPreference.seconds(headers) == expected)
    }
}
