import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("The HTTP contract")
    struct APITests {
        /// A request, and what must come of it.
        private struct Case {
            let method: String
            let path: String
            var body: String?
            var type: String? = "application/json"
            let status: Int
            /// What the error's detail says.
            var says: String?
        }

        private static let unknown = "/api/videos/01a2032d-b934-72c1-ae4a-6625fbba06aa"

        private static let errors = [
            Case(method: "GET", path: "/api/nothing", status: 404, says: "nothing at this address"),
            Case(method: "GET", path: unknown, status: 404, says: "no clip"),
            Case(method: "GET", path: "/api/videos/x", status: 404, says: "no clip"),
            Case(method: "GET", path: "/api/videos/..%2f..%2fx", status: 404),
            Case(method: "DELETE", path: unknown, status: 404, says: "no clip"),
            Case(method: "PATCH", path: unknown, body: "{}", status: 404, says: "no clip"),
            Case(method: "PATCH", path: unknown, body: #"{"id": 1}"#, status: 400, says: "id"),
            Case(
                method: "PATCH",
                path: unknown,
                body: "{}",
                type: "text/plain",
                status: 415,
                says: "application/merge-patch+json"
            ),
            Case(method: "GET", path: "/api/videos?status=x", status: 400, says: "status"),
            Case(method: "GET", path: unknown + "/stream", status: 404),
            Case(method: "GET", path: unknown + "/hls/index.m3u8", status: 404),
            Case(method: "GET", path: unknown + "/hls/clip.json", status: 404),
            Case(method: "GET", path: "/api/cameras/nobody", status: 404, says: "no camera"),
            Case(method: "GET", path: "/api/cameras/test/live/000000.m4s", status: 404),
            Case(method: "GET", path: "/api/cameras/test/live/..%2Findex.m3u8", status: 404),
            Case(method: "PUT", path: "/api/store", status: 405),
            Case(method: "GET", path: "/api/store", status: 405),
            Case(method: "POST", path: "/api/videos", status: 405),
            Case(method: "POST", path: "/index.html", status: 405),
            Case(method: "GET", path: "/api/videos?limit=0", status: 400, says: "limit"),
            Case(method: "GET", path: "/api/videos?limit=1001", status: 400, says: "limit"),
            Case(method: "GET", path: "/api/videos?limit=ten", status: 400, says: "limit"),
            Case(method: "GET", path: "/api/videos?cursor=x", status: 400, says: "cursor"),
            Case(method: "GET", path: "/api/videos?colour=red", status: 400, says: "colour"),
            Case(method: "POST", path: "/api/store", body: "{", status: 400, says: "JSON"),
            Case(method: "POST", path: "/api/store", body: "[]", status: 400, says: "object"),
            Case(
                method: "POST",
                path: "/api/store",
                body: #"{"befor": 1}"#,
                status: 400,
                says: "befor"
            ),
            Case(
                method: "POST",
                path: "/api/store",
                body: #"{"before": "1"}"#,
                status: 400,
                says: "before"
            ),
            Case(
                method: "POST",
                path: "/api/store",
                body: #"{"before": 61}"#,
                status: 422,
                says: "before"
            ),
            Case(
                method: "POST",
                path: "/api/store",
                body: #"{"after": 3601}"#,
                status: 422,
                says: "after"
            ),
            Case(
                method: "POST",
                path: "/api/store",
                body: #"{"camera": "nobody"}"#,
                status: 422,
                says: "nobody"
            ),
            Case(
                method: "POST",
                path: "/api/store",
                body: #"{"at": "2020-01-01T00:00:00Z"}"#,
                status: 422,
                says: "too long ago"
            ),
            Case(
                method: "POST",
                path: "/api/store",
                body: "{}",
                type: "text/plain",
                status: 415,
                says: "application/json"
            ),
            Case(
                method: "POST",
                path: "/api/store",
                body: #"{"note": "\#(String(repeating: "x", count: 70_000))"}"#,
                status: 413
            ),
            Case(method: "GET", path: "/../Package.swift", status: 404),
            Case(method: "GET", path: "/js/%2e%2e/%2e%2e/Package.swift", status: 404),
            Case(method: "GET", path: "/js/..%2f..%2fPackage.swift", status: 404),
            Case(method: "GET", path: "/nothing.html", status: 404),
        ]

        @Test("Bad requests get problem details that say what to do, and name no path")
        func problems() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 1)
                for test in Self.errors {
                    let name = "\(test.method) \(test.path) \(test.body?.prefix(40) ?? "")"
                    var headers: [String: String] = [:]
                    if test.body != nil, let type = test.type { headers["Content-Type"] = type }
                    let answer = try await server.client.send(
                        test.method,
                        test.path,
                        headers: headers,
                        body: test.body.map { Data($0.utf8) }
                    )
                    #expect(answer.status == test.status, "\(name): \(answer.text)")
                    #expect(answer.header("Content-Type") == "application/problem+json", "\(name)")
                    let problem = try answer.jsonObject()
                    #expect(problem["status"] as? Int == answer.status)
                    #expect(problem["title"] is String && problem["error"] is String)
                    let detail = try #require(problem["detail"] as? String)
                    #expect(test.says.map(detail.contains) ?? true, "\(name): \(detail)")
                    #expect(!answer.text.contains(server.storage.path))
                    if answer.status == 405 { #expect(answer.header("Allow") != nil, "\(name)") }
                }
            }
        }

        @Test("A trigger is answered with the clip, which then is listed, played and deleted")
        func clipLife() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 6)
                let answer = try await server.client.post(
                    "/api/store",
                    json:
                        #"{"before": 3, "after": 2, "label": "Tür", "metadata": {"a": [1, null]}}"#
                )
                #expect(answer.status == 202)
                let accepted: ClipAnswer = try answer.json()
                #expect(accepted.status == "recording")
                #expect(answer.header("Location") == "/api/videos/\(accepted.id)")
                #expect(Int(answer.header("Retry-After") ?? "") != nil)
                let object = try answer.jsonObject()
                #expect(object["message"] is String)
                #expect(object["metadata"] as? NSDictionary == ["a": [1, NSNull()]])

                let early = try await server.client.get(accepted.links.stream)
                #expect(early.status == 409 && early.header("Retry-After") != nil)
                let growing = try await server.client.get(accepted.links.playlist)
                #expect(growing.text.contains("#EXT-X-PLAYLIST-TYPE:EVENT"))

                let clip = try await server.finished(accepted.id)
                #expect(clip.status == "ready" && clip.label == "Tür")
                #expect(try await server.clips().map(\.id) == [clip.id])
                try await expectRanges(of: clip, on: server)
                try await expectEdits(of: clip, on: server)

                let deleted = try await server.client.delete("/api/videos/\(clip.id)")
                #expect(deleted.status == 200)
                #expect(try deleted.jsonObject()["id"] as? String == clip.id)
                #expect(try await server.client.get(clip.links.stream).status == 404)
                #expect(try await server.clips().isEmpty)
                // Its files go in the background.
                try await eventually("no file of it") {
                    let rest = try FileManager.default.subpathsOfDirectory(
                        atPath: server.storage.file("clips").path
                    )
                    return !rest.contains { $0.hasSuffix(".m4s") || $0.hasSuffix(".mp4") }
                }
            }
        }

        /// Labels, locks, and what the list then finds.
        private func expectEdits(of clip: ClipAnswer, on server: HindsightServer) async throws {
            let path = "/api/videos/\(clip.id)"
            func patch(_ json: String, _ type: String) async throws -> HTTPResponse {
                try await server.client.send(
                    "PATCH",
                    path,
                    headers: ["Content-Type": type],
                    body: Data(json.utf8)
                )
            }
            let locked = try await patch(
                #"{"label": null, "note": "Paket am Tor", "metadata": {"b": 2}, "locked": true}"#,
                "application/merge-patch+json"
            )
            #expect(locked.status == 200)
            let object = try locked.jsonObject()
            #expect(object["label"] is NSNull && object["locked"] as? Bool == true)
            #expect(object["metadata"] as? NSDictionary == ["b": 2])
            #expect(
                try await server.client.get(path).jsonObject()["note"] as? String == "Paket am Tor"
            )
            #expect(try await server.client.delete(path).status == 423)
            for (query, count) in [
                ("q=paket+to", 1), ("q=tuer", 0), ("locked=true&status=ready&camera=test", 1),
                ("locked=false", 0), ("label=T%C3%BCr", 0), ("q=%22*%28", 1),
                ("from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z", 0),
            ] {
                let list = try await server.client.get("/api/videos?" + query)
                #expect(list.header("X-Total-Count") == String(count), "\(query): \(list.text)")
                #expect(try list.json(as: [ClipAnswer].self).count == count, "\(query)")
            }
            let open = try await patch(#"{"locked": false}"#, "application/json; charset=utf-8")
            #expect(try open.jsonObject()["locked"] as? Bool == false)
            let wrong = try await patch("{}", "text/plain")
            #expect(wrong.header("Accept-Patch")?.contains("merge-patch+json") == true)
        }

        private func expectRanges(of clip: ClipAnswer, on server: HindsightServer) async throws {
            let whole = try await server.client.get(clip.links.stream)
            #expect(whole.status == 200)
            #expect(whole.header("Content-Type") == "video/mp4")
            #expect(whole.header("Accept-Ranges") == "bytes")
            #expect(whole.header("Cache-Control") == "private, max-age=31536000, immutable")
            #expect(whole.body.count == clip.size)
            let size = whole.body.count
            for (range, bounds) in [
                ("0-99", 0..<100), ("100-", 100..<size), ("-50", size - 50..<size),
            ] {
                let part = try await server.client.get(clip.links.stream, range: range)
                #expect(part.status == 206)
                #expect(part.body == whole.body[bounds], "\(range)")
                let expected = "bytes \(bounds.lowerBound)-\(bounds.upperBound - 1)/\(size)"
                #expect(part.header("Content-Range") == expected)
            }
            let beyond = try await server.client.get(clip.links.stream, range: "\(size)-")
            #expect(beyond.status == 416 && beyond.header("Content-Range") == "bytes */\(size)")
            let tag = try #require(whole.header("ETag"))
            let known = try await server.client.get(
                clip.links.stream,
                headers: ["If-None-Match": tag]
            )
            #expect(known.status == 304 && known.body.isEmpty)
            let changed = try await server.client.get(
                clip.links.stream,
                range: "0-9",
                headers: ["If-Range": "\"other\""]
            )
            #expect(changed.status == 200)
            let head = try await server.client.send("HEAD", clip.links.stream)
            #expect(head.status == 200 && head.header("Content-Length") == String(size))
            let download = try await server.client.get(clip.links.download)
            let name = "attachment; filename=\"\(clip.filename)\""
            #expect(download.header("Content-Disposition") == name)
        }

        @Test("The list goes from page to page, newest first, none twice")
        func paging() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 3)
                var ids: [String] = []
                for _ in 0..<7 {
                    ids.append(try await server.trigger(#"{"before": 1, "after": 0}"#).id)
                }
                for id in ids { _ = try await server.finished(id) }
                var listed: [String] = []
                var next: String? = "/api/videos?limit=3"
                while let path = next {
                    let page = try await server.client.get(path)
                    #expect(page.header("X-Total-Count") == "7")
                    listed += try page.json(as: [ClipAnswer].self).map(\.id)
                    next = page.header("Link")?.firstMatch(of: /<(.+)>; rel="next"/)
                        .map { String($0.1) }
                }
                #expect(listed == ids.reversed())
            }
        }

        @Test("Health tells of cameras, storage and database, and ?ready waits for the rings")
        func health() async throws {
            let server = try await HindsightServer.start(settings: ["BUFFER_DURATION=10"])
            try await withStopping(server) { server in
                let early = try await server.client.get("/api/health?ready")
                #expect(early.status == 503)
                try await eventually("a ready server", timeout: .seconds(40)) {
                    try await server.client.get("/api/health?ready").status == 200
                }
                let health = try await server.client.get("/api/health").jsonObject()
                #expect(health["status"] as? String == "ok")
                #expect(health["bufferStatus"] as? String == "ready")
                #expect(health["bufferDuration"] as? Double == 10)
                for field in ["timestamp", "version", "uptime", "cameras", "storage", "database"] {
                    #expect(health[field] != nil, "\(field)")
                }
            }
        }

        @Test("Of several cameras those with footage serve, the others are named with the reason")
        func partlyRefused() async throws {
            let server = try await HindsightServer.start(
                cameras: [("good", "test"), ("dead", "rtsp://127.0.0.1:9/none")]
            )
            try await withStopping(server) { server in
                try await eventually("footage", timeout: .seconds(20)) {
                    try await server.cameras().contains { $0.ring.duration >= 2 }
                }
                let answer = try await server.client.post(
                    "/api/store",
                    json: #"{"camera": "all", "before": 1, "after": 0}"#
                )
                #expect(answer.status == 202)
                let incident: IncidentAnswer = try answer.json()
                #expect(incident.clips.map(\.camera) == ["good"])
                #expect(incident.refused.map(\.camera) == ["dead"])
                #expect(incident.refused[0].detail.contains("no footage"))
                let unnamed = try await server.client.post("/api/store")
                #expect(unnamed.status == 422 && unnamed.text.contains("several cameras"))
                let dead = try await server.client.post("/api/store", json: #"{"camera": "dead"}"#)
                #expect(dead.status == 409)
            }
        }

        @Test("Beyond MAX_CLIPS the oldest clips go")
        func retention() async throws {
            let server = try await HindsightServer.start(settings: ["MAX_CLIPS=2"])
            try await withStopping(server) { server in
                try await server.waitForRings(of: 3)
                var ids: [String] = []
                for _ in 0..<4 {
                    let id = try await server.trigger(#"{"before": 1, "after": 0}"#).id
                    ids.append(id)
                    _ = try await server.finished(id)
                }
                try await eventually("two clips") {
                    try await server.clips().map(\.id) == [ids[3], ids[2]]
                }
                let health = try await server.client.get("/api/health").jsonObject()
                let retention = try #require(health["retention"] as? [String: Any])
                let next = try #require(retention["next"] as? [[String: Any]])
                #expect(next.map { $0["id"] as? String } == [ids[2], ids[3]])
                #expect(next.allSatisfy { $0["reason"] as? String == "MAX_CLIPS" })
            }
        }
    }
}
