import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Who may")
    struct AccessTests {
        @Test("Keys let in what they allow, nothing else, also as a browser's session")
        func keys() async throws {
            let server = try await HindsightServer.start(settings: [
                "HOST=127.0.0.1", "API_KEY=all", "API_KEY_READ=look", "API_KEY_TRIGGER=press",
            ])
            try await withStopping(server) { server in
                let cases: [(String, String, [String: String], Int)] = [
                    ("GET", "/api/videos", [:], 401),
                    ("GET", "/api/videos", ["X-API-Key": "wrong"], 401),
                    ("GET", "/api/videos", ["X-API-Key": "look"], 200),
                    ("GET", "/api/videos", ["Authorization": "Bearer all"], 200),
                    ("GET", "/api/videos", ["Authorization": "Bearer press"], 403),
                    ("DELETE", "/api/videos/x", ["X-API-Key": "look"], 403),
                    ("DELETE", "/api/videos/x", ["X-API-Key": "all"], 404),
                    ("POST", "/api/store", ["X-API-Key": "look"], 403),
                    ("GET", "/", [:], 200),
                ]
                for (method, path, headers, status) in cases {
                    let answer = try await server.client.send(method, path, headers: headers)
                    #expect(answer.status == status, "\(method) \(path) \(headers)")
                    if status == 401 { #expect(answer.header("WWW-Authenticate") != nil) }
                }
                try await server.waitForRings(of: 1, key: "look")
                let pressed = try await server.client.post(
                    "/api/store",
                    headers: ["X-API-Key": "press"]
                )
                #expect(pressed.status == 202)

                let refused = try await server.client.post("/api/session", json: #"{"key": "x"}"#)
                #expect(refused.status == 401)
                let begun = try await server.client.post("/api/session", json: #"{"key": "look"}"#)
                #expect(begun.status == 204)
                let cookie = try #require(begun.header("Set-Cookie"))
                #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
                let pair = String(cookie.prefix { $0 != ";" })
                let read = try await server.client.get("/api/videos", headers: ["Cookie": pair])
                #expect(read.status == 200)
                let stored = try await server.client.post("/api/store", headers: ["Cookie": pair])
                #expect(stored.status == 403)
            }
        }

        @Test("Pages of other origins cannot drive a server without a key, listed ones can")
        func origins() async throws {
            let server = try await HindsightServer.start(
                settings: ["CORS_ORIGINS=https://shop.example"]
            )
            try await withStopping(server) { server in
                try await server.waitForRings(of: 1)
                let client = server.client
                let foreign = ["Origin": "https://evil.example"]
                #expect(try await client.post("/api/store", headers: foreign).status == 403)
                for name in ["evil.example", "127.evil.example"] {
                    let rebound = ["Host": "\(name):\(server.port)"]
                    #expect(try await client.get("/api/videos", headers: rebound).status == 403)
                }
                let own = ["Origin": "http://127.0.0.1:\(server.port)"]
                #expect(try await client.post("/api/store", headers: own).status == 202)
                let listed = ["Origin": "https://shop.example"]
                let stored = try await client.post("/api/store", headers: listed)
                #expect(stored.status == 202)
                #expect(stored.header("Access-Control-Allow-Origin") == "https://shop.example")
                let preflight = try await client.send(
                    "OPTIONS",
                    "/api/store",
                    headers: listed.merging(["Access-Control-Request-Method": "POST"]) { $1 }
                )
                #expect(preflight.status == 204)
                #expect(preflight.header("Access-Control-Allow-Methods")?.contains("POST") == true)
                let silent = try await client.get("/api/videos", headers: foreign)
                #expect(silent.header("Access-Control-Allow-Origin") == nil)
                #expect(silent.header("Vary") == "Origin")
                #expect(try await client.get("/api/videos").header("Vary") == "Origin")
            }
        }
    }
}

extension HindsightServer {
    /// Waits for the rings of a server that wants a key.
    fileprivate func waitForRings(of seconds: Double, key: String) async throws {
        try await eventually("rings of \(seconds) s", timeout: .seconds(30)) {
            let answer = try await client.get("/api/cameras", headers: ["X-API-Key": key])
            return try answer.json(as: [CameraAnswer].self).allSatisfy {
                $0.ring.duration >= seconds
            }
        }
    }
}
