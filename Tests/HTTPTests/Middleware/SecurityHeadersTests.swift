import HTTP
import Testing

@Suite("Security fields")
struct SecurityHeadersTests {
    private func response(_ headers: HeaderFields) async throws -> Response {
        await Middleware.securityHeaders(contentSecurityPolicy: "default-src 'self'")
            .response(to: try Request(method: .get, target: "/")) { _ in
                Response(status: .ok, headers: headers)
            }
    }

    @Test(
        "Documents carry what rules documents",
        arguments: [
            "text/html", "text/html; charset=utf-8", "TEXT/HTML", "text/html ;charset=utf-8",
            "image/svg+xml",
        ]
    )
    func documents(_ type: String) async throws {
        let headers = try await response(["Content-Type": type]).headers
        #expect(headers["X-Content-Type-Options"] == "nosniff")
        #expect(headers["Content-Security-Policy"] == "default-src 'self'")
        #expect(headers["X-Frame-Options"] == "DENY")
        #expect(headers["Referrer-Policy"] == "no-referrer")
    }

    @Test(
        "Anything else only forbids guessing its type",
        arguments: [nil, "application/json", "video/mp4", "text/htmlx", ""]
    )
    func others(_ type: String?) async throws {
        var given = HeaderFields()
        given["Content-Type"] = type
        let headers = try await response(given).headers
        #expect(headers["X-Content-Type-Options"] == "nosniff")
        #expect(headers.count == given.count + 1)
    }

    @Test("A response's own fields stay")
    func own() async throws {
        let headers = try await response([
            "Content-Type": "text/html", "content-security-policy": "sandbox",
        ]).headers
        #expect(headers.values(of: "Content-Security-Policy") == ["sandbox"])
    }
}
