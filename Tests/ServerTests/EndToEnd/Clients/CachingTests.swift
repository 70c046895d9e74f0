import Foundation
import TestSupport
import Testing

extension EndToEnd.ClientTests {
    /// What REDbot asks for (`scripts/redbot`), kept true without it.
    @Suite("Caches")
    struct CachingTests {
        private static let immutable = "private, max-age=31536000, immutable"

        private let recorded: RecordedClip

        init() throws {
            recorded = try #require(RecordedClip.current)
        }

        @Test("Every kind of answer says how long it is good for, or has a validator")
        func freshness() async throws {
            let links = recorded.clip.links
            for (path, caching) in [
                (links.stream, Self.immutable),
                (links.playlist, Self.immutable),
                (links.thumbnail, Self.immutable),
                ("/", "no-cache"),
                ("/app.css", "no-cache"),
                ("/js/app.js", "no-cache"),
                ("/api/cameras/film/live/index.m3u8", "no-store"),
                ("/api/cameras", "no-store"),
                ("/api/health", "no-store"),
                ("/no-such-page", "no-store"),
            ] {
                let answer = try await recorded.server.client.get(path)
                #expect(answer.header("Cache-Control") == caching, "\(path)")
                let isKept = caching != "no-store"
                #expect((answer.header("ETag") != nil) == isKept, "\(path)")
                #expect((answer.header("Last-Modified") != nil) == isKept, "\(path)")
            }
        }

        @Test("304 has the fields that 200 would have had, and no others of the content")
        func notModified() async throws {
            let client = recorded.server.client
            for path in [recorded.clip.links.stream, recorded.clip.links.thumbnail, "/"] {
                let whole = try await client.get(path)
                let tag = try #require(whole.header("ETag"))
                let answer = try await client.get(path, headers: ["If-None-Match": tag])
                #expect(answer.status == 304 && answer.body.isEmpty, "\(path)")
                // RFC 9110 §15.4.5.
                for name in ["Cache-Control", "ETag"] {
                    #expect(answer.header(name) == whole.header(name), "\(path) \(name)")
                }
                #expect(answer.header("Date") != nil, "\(path)")
                for name in ["Content-Type", "Content-Length", "Content-Range"] {
                    #expect(answer.header(name) == nil, "\(path) \(name)")
                }
            }
        }
    }
}
