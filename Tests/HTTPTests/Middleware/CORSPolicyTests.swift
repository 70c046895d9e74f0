import HTTP
import Testing

@Suite("CORS")
struct CORSPolicyTests {
    private static let listed = "https://shop.example"

    private static let policy: CORSPolicy = {
        var policy = CORSPolicy(allowedOrigins: [listed, "http://localhost:8080"])
        policy.allowedMethods = [.get, .delete]
        policy.allowedHeaders = ["X-API-Key", "Range"]
        policy.exposedHeaders = ["Link", "Location"]
        policy.allowsCredentials = true
        policy.maxAge = .seconds(600)
        return policy
    }()

    private func response(
        _ headers: HeaderFields,
        _ method: Method = .get,
        by policy: CORSPolicy = policy
    ) async throws -> Response {
        let request = try Request(method: method, target: "/", headers: headers)
        return await policy.middleware.response(to: request) { _ in
            Response(status: .ok, headers: ["Vary": "Accept"])
        }
    }

    @Test("A listed origin may read the answer, with credentials")
    func listed() async throws {
        let response = try await response(["Origin": Self.listed])
        #expect(response.headers["Access-Control-Allow-Origin"] == Self.listed)
        #expect(response.headers["Access-Control-Allow-Credentials"] == "true")
        #expect(response.headers["Access-Control-Expose-Headers"] == "Link, Location")
        #expect(response.headers["Access-Control-Allow-Methods"] == nil)
        #expect(response.headers.values(of: "Vary") == ["Accept, Origin"])
    }

    @Test(
        "Any other origin, or none, gets no leave, but caches are told",
        arguments: [
            nil, "https://evil.example", "https://shop.example.evil.example", "null", "*",
            "http://shop.example", "https://shop.example:8443", "HTTPS://SHOP.EXAMPLE", "",
        ]
    )
    func others(_ origin: String?) async throws {
        var headers = HeaderFields()
        headers["Origin"] = origin
        let response = try await response(headers)
        #expect(response.status == .ok)
        #expect(!response.headers.contains { $0.name.hasPrefix("Access-Control") })
        #expect(response.headers.values(of: "Vary") == ["Accept, Origin"])
    }

    @Test("A listed origin's pre-flight is answered, and goes no further (Fetch §4.8)")
    func preflight() async throws {
        let headers: HeaderFields = [
            "Origin": Self.listed, "Access-Control-Request-Method": "DELETE",
        ]
        let response = try await response(headers, .options)
        #expect(response.status == .noContent)
        #expect(response.headers["Access-Control-Allow-Origin"] == Self.listed)
        #expect(response.headers["Access-Control-Allow-Methods"] == "GET, DELETE")
        #expect(response.headers["Access-Control-Allow-Headers"] == "X-API-Key, Range")
        #expect(response.headers["Access-Control-Max-Age"] == "600")
        #expect(response.headers["Vary"] == "Origin")
    }

    @Test("A foreign pre-flight, and an OPTIONS that is none, reach the handler")
    func noPreflight() async throws {
        let foreign: HeaderFields = [
            "Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE",
        ]
        #expect(try await response(foreign, .options).status == .ok)
        #expect(try await response(["Origin": Self.listed], .options).status == .ok)
    }

    @Test("Without allowed origins nothing is added")
    func none() async throws {
        let policy = CORSPolicy(allowedOrigins: [])
        let response = try await response(["Origin": Self.listed], by: policy)
        #expect(response.headers.count == 1)
    }

    @Test("What a policy leaves out is not sent")
    func minimal() async throws {
        let policy = CORSPolicy(allowedOrigins: [Self.listed])
        let headers: HeaderFields = [
            "Origin": Self.listed, "Access-Control-Request-Method": "GET",
        ]
        let response = try await response(headers, .options, by: policy)
        let names = response.headers.map(\.name)
        #expect(
            names == [
                "Vary", "Access-Control-Allow-Origin", "Access-Control-Allow-Methods",
            ]
        )
    }
}
