import Testing

@testable import HTTP

@Suite("Preconditions (RFC 9110 §13)")
struct PreconditionsTests {
    private static let modified = 784_111_777
    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let earlier = "Sun, 06 Nov 1994 08:49:36 GMT"
    private static let later = "Sun, 06 Nov 1994 08:49:38 GMT"

    private static let validators = Validators(
        entityTag: EntityTag("v1"),
        lastModified: modified
    )

    struct Case: CustomTestStringConvertible {
        let section: String
        var method = Method.get
        let headers: HeaderFields
        let outcome: Preconditions
        var testDescription: String { section }
    }

    static let cases = [
        Case(section: "no condition", headers: [:], outcome: .proceed),
        Case(section: "§13.1.1 match", headers: ["If-Match": "\"v1\""], outcome: .proceed),
        Case(section: "§13.1.1 list", headers: ["If-Match": "\"x\", \"v1\""], outcome: .proceed),
        Case(section: "§13.1.1 any", headers: ["If-Match": "*"], outcome: .proceed),
        Case(section: "§13.1.1 weak", headers: ["If-Match": "W/\"v1\""], outcome: .failed),
        Case(section: "§13.1.1 other", headers: ["If-Match": "\"v2\""], outcome: .failed),
        Case(section: "§13.1.1 malformed", headers: ["If-Match": "v1"], outcome: .failed),
        Case(section: "§13.1.2 match", headers: ["If-None-Match": "\"v1\""], outcome: .notModified),
        Case(
            section: "§13.1.2 weak",
            headers: ["If-None-Match": "W/\"v1\""],
            outcome: .notModified
        ),
        Case(section: "§13.1.2 any", headers: ["If-None-Match": "*"], outcome: .notModified),
        Case(section: "§13.1.2 other", headers: ["If-None-Match": "\"v2\""], outcome: .proceed),
        Case(
            section: "§5.3, sent as two lines",
            headers: ["If-None-Match": "\"x\"", "if-none-match": "\"v1\""],
            outcome: .notModified
        ),
        Case(
            section: "§13.1.2 for HEAD",
            method: .head,
            headers: ["If-None-Match": "\"v1\""],
            outcome: .notModified
        ),
        Case(
            section: "§13.1.2 for other methods",
            method: .delete,
            headers: ["If-None-Match": "\"v1\""],
            outcome: .failed
        ),
        Case(section: "§13.1.3 same", headers: ["If-Modified-Since": date], outcome: .notModified),
        Case(
            section: "§13.1.3 later",
            headers: ["If-Modified-Since": later],
            outcome: .notModified
        ),
        Case(
            section: "§13.1.3 earlier",
            headers: ["If-Modified-Since": earlier],
            outcome: .proceed
        ),
        Case(section: "§13.1.3 no date", headers: ["If-Modified-Since": "soon"], outcome: .proceed),
        Case(
            section: "§13.1.3 for GET and HEAD only",
            method: .delete,
            headers: ["If-Modified-Since": date],
            outcome: .proceed
        ),
        Case(
            section: "§13.1.3 ignored beside If-None-Match",
            headers: ["If-None-Match": "\"v2\"", "If-Modified-Since": date],
            outcome: .proceed
        ),
        Case(section: "§13.1.4 same", headers: ["If-Unmodified-Since": date], outcome: .proceed),
        Case(
            section: "§13.1.4 earlier",
            headers: ["If-Unmodified-Since": earlier],
            outcome: .failed
        ),
        Case(
            section: "§13.1.4 ignored beside If-Match",
            headers: ["If-Match": "\"v1\"", "If-Unmodified-Since": earlier],
            outcome: .proceed
        ),
        Case(
            section: "§13.2.2 If-Match before If-None-Match",
            headers: ["If-Match": "\"v2\"", "If-None-Match": "\"v1\""],
            outcome: .failed
        ),
    ]

    @Test("Evaluates conditions in the order of §13.2.2", arguments: cases)
    func evaluates(_ example: Case) {
        let outcome = Preconditions.evaluate(
            method: example.method,
            headers: example.headers,
            validators: Self.validators,
            now: Self.modified + 3600
        )
        #expect(outcome == example.outcome)
    }

    @Test(
        "A range counts only if If-Range names exactly this representation (§13.1.5)",
        arguments: [
            (nil, true),
            ("\"v1\"", true),
            ("W/\"v1\"", false),
            ("\"v2\"", false),
            ("\"v1\", \"v2\"", false),
            ("*", false),
            (date, true),
            (earlier, false),
            (later, false),
        ] as [(String?, Bool)]
    )
    func ifRange(_ condition: String?, _ applies: Bool) {
        var headers = HeaderFields()
        headers["If-Range"] = condition
        let result = Preconditions.rangeApplies(
            headers: headers,
            validators: Self.validators,
            now: Self.modified + 3600
        )
        #expect(result == applies)
    }

    @Test("A date within the present second is no strong validator (§8.8.2.2)")
    func weakDate() {
        let result = Preconditions.rangeApplies(
            headers: ["If-Range": Self.date],
            validators: Self.validators,
            now: Self.modified
        )
        #expect(!result)
    }
}
