import Testing

@testable import HTTP

@Suite("Preconditions (RFC 9110 §13)")
struct PreconditionsTests {
    private static let modified = 784_111_777
    private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"

    private static let validators = Validators(
        entityTag: EntityTag("v1"),
        lastModified: modified
    )

    @Test(
        "Methods that change something fail where GET would say that nothing has changed (§13.1.2)",
        arguments: [("If-None-Match", "\"v1\""), ("If-None-Match", "*"), ("If-Match", "\"v2\"")]
    )
    func otherMethods(_ name: String, _ value: String) {
        var headers = HeaderFields()
        headers.append(name, value)
        #expect(outcome(.delete, headers) == .failed)
    }

    @Test("If-Modified-Since counts for GET and HEAD only (§13.1.3)")
    func modifiedSince() {
        #expect(outcome(.delete, ["If-Modified-Since": Self.date]) == .proceed)
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

    private func outcome(_ method: Method, _ headers: HeaderFields) -> Preconditions {
        Preconditions.evaluate(
            method: method,
            headers: headers,
            validators: Self.validators,
            now: Self.modified + 3600
        )
    }
}
