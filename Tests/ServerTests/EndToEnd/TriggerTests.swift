import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// What the contract says of `POST /api/store`, on one server with two live cameras and a dead one.
    @Suite("The contract of triggers")
    struct TriggerTests {
        /// A request, and what must come of it.
        private struct Case {
            /// Without its braces; nil for none at all.
            let body: String?
            let headers: [String: String]
            let status: Int
            /// What the error's detail says.
            let says: String?

            init(
                _ body: String?,
                with headers: [String: String] = [:],
                _ status: Int,
                _ says: String? = nil
            ) {
                (self.body, self.headers, self.status, self.says) = (body, headers, status, says)
            }
        }

        private static let brief = #""camera": "yard", "before": 1, "after": 0"#

        private static func text(_ length: Int) -> String {
            String(repeating: "x", count: length)
        }

        /// - Parameter moment: what the API calls the moment so many seconds from now.
        private static func cases(_ moment: (Double) -> String) -> [Case] {
            [
                // Cameras.
                Case(nil, 422, "several cameras"),
                Case("", 422, "several cameras"),
                Case(#""camera": null"#, 422, "several cameras"),
                Case(#""camera": "nobody""#, 422, "nobody"),
                Case(#""camera": ["yard", "nobody"]"#, 422, "nobody"),
                Case(#""camera": []"#, 400, "camera"),
                Case(#""camera": 1"#, 400, "camera"),
                Case(#""camera": "dead", "after": 1"#, 409, "no footage"),
                Case(#""camera": ["dead"], "after": 1"#, 409, "no footage"),
                Case(#""camera": ["yard", "gate", "yard"], "before": 1, "after": 0"#, 202),
                Case(#""camera": "all", "before": 1, "after": 0"#, 202),
                // Windows.
                Case(brief, 202),
                Case(#""camera": "yard", "before": 0, "after": 0.5"#, 202),
                Case(#""camera": "yard", "before": 10, "after": 10"#, 202),
                Case(#""camera": "yard""#, 422, "20.0 seconds together"),
                Case(#""camera": "yard", "before": 10, "after": 10.1"#, 422, "together"),
                Case(#""camera": "yard", "before": 10.1"#, 422, "before"),
                Case(#""camera": "yard", "before": -1"#, 422, "before"),
                Case(#""camera": "yard", "before": "1""#, 400, "before"),
                Case(#""camera": "yard", "after": 3601"#, 422, "after"),
                Case(#""camera": "yard", "before": 0, "after": 0"#, 422, "both be 0"),
                Case(brief + #", "at": "\#(moment(-2))""#, 202),
                Case(brief + #", "at": "\#(moment(3))""#, 202),
                Case(brief + #", "at": "\#(moment(50))""#, 202),
                Case(brief + #", "at": "\#(moment(90))""#, 422, "60 s ahead"),
                Case(brief + #", "at": "\#(moment(-600))""#, 422, "too long ago"),
                Case(brief + #", "at": "yesterday""#, 400, "at must"),
                // Words.
                Case(brief + #", "label": "\#(text(100))", "note": "\#(text(4000))""#, 202),
                Case(brief + #", "label": "\#(text(101))""#, 422, "label"),
                Case(brief + #", "note": "\#(text(4001))""#, 422, "note"),
                Case(brief + #", "note": 1"#, 400, "note"),
                Case(brief + #", "metadata": {"a": [1, {"b": null}]}"#, 202),
                Case(brief + #", "metadata": [1]"#, 400, "metadata"),
                Case(brief + #", "metadata": {"a": "\#(text(16 << 10))"}"#, 422, "metadata"),
                Case(brief + #", "befor": 1"#, 400, "befor"),
                // Overlap, keys and preferences.
                Case(brief + #", "overlap": "separate""#, 202),
                Case(brief + #", "overlap": "merge""#, 422, "\"extend\""),
                Case(brief + #", "overlap": true"#, 400, "overlap"),
                Case(brief, with: ["Idempotency-Key": ""], 400, "Idempotency-Key"),
                Case(brief, with: ["Idempotency-Key": text(256)], 400, "Idempotency-Key"),
                Case(brief, with: ["Idempotency-Key": "tür"], 400, "Idempotency-Key"),
                Case(brief, with: ["Idempotency-Key": text(255)], 202),
                Case(brief, with: ["Prefer": "wait=0"], 202),
                Case(brief, with: ["Prefer": "wait=soon"], 202),
                Case(brief, with: ["Prefer": "wait=60"], 201),
                // Bodies.
                Case(brief, with: ["Content-Type": "text/plain"], 415, "application/json"),
                Case(brief + #", "label""#, 400, "JSON"),
                Case(#""note": "\#(text(70_000))""#, 413),
            ]
        }

        private static func withServer(
            _ body: (HindsightServer) async throws -> Void
        ) async throws {
            let server = try await HindsightServer.start(
                cameras: [("yard", "test"), ("gate", "test"), ("dead", "rtsp://127.0.0.1:9/none")],
                settings: ["BUFFER_DURATION=10", "MAX_CLIP_DURATION=20"]
            )
            try await withStopping(server) { server in
                try await eventually("footage", timeout: .seconds(60)) {
                    try await server.cameras().filter { $0.ring.duration >= 4 }.count == 2
                }
                try await body(server)
            }
        }

        @Test("Is kept case by case; then overlap, keys, waiting and the stop")
        func contract() async throws {
            try await Self.withServer { server in
                try await Self.expectCases(on: server)
                try await Self.expectOverlap(on: server)
                try await Self.expectKeys(on: server)
                try await Self.expectWaiting(on: server)
                try await Self.expectRelease(by: server)
            }
        }

        private static func expectCases(on server: HindsightServer) async throws {
            let cases = cases { seconds in
                let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
                return Date(timeIntervalSinceNow: seconds).formatted(style)
            }
            for test in cases {
                let name = "\(test.body?.prefix(60) ?? "no body") \(test.headers)"
                let answer = try await server.client.post(
                    "/api/store",
                    json: test.body.map { "{\($0)}" },
                    headers: test.headers,
                    timeout: .seconds(90)
                )
                #expect(answer.status == test.status, "\(name): \(answer.text)")
                if answer.status < 300 {
                    #expect(answer.header("Location")?.hasPrefix("/api/videos/") == true, "\(name)")
                    #expect((answer.header("Retry-After") != nil) == (answer.status == 202))
                    continue
                }
                #expect(answer.header("Content-Type") == "application/problem+json", "\(name)")
                let detail = try #require(try answer.jsonObject()["detail"] as? String)
                #expect(test.says.map(detail.contains) ?? true, "\(name): \(detail)")
                #expect(!answer.text.contains(server.storage.path))
            }
            let incident = try await server.client.post(
                "/api/store",
                json: #"{"camera": "all", "before": 1, "after": 0, "label": "all of it"}"#
            )
            let answer: IncidentAnswer = try incident.json()
            #expect(answer.clips.map(\.camera) == ["yard", "gate"])
            #expect(answer.clips.map(\.incident) == [answer.incident, answer.incident])
            #expect(Set(answer.clips.map(\.timestamp)).count == 1)
            #expect(answer.refused.map(\.camera) == ["dead"])
            #expect(answer.refused[0].detail.contains("no footage"))
        }

        /// Of the gate, of which nothing is being recorded by now.
        private static func expectOverlap(on server: HindsightServer) async throws {
            try await eventually("an idle gate", timeout: .seconds(60)) {
                try await server.clips().allSatisfy { $0.camera != "gate" || $0.status == "ready" }
            }
            func send(_ fields: String, _ camera: String = #""gate""#) async throws -> HTTPResponse
            {
                try await server.client.post(
                    "/api/store",
                    json: #"{"camera": \#(camera), \#(fields)}"#
                )
            }
            let first: ClipAnswer = try await send(
                #""before": 2, "after": 6, "overlap": "reject", "label": "first""#
            ).json()
            let refused = try await send(#""before": 1, "after": 0, "overlap": "reject""#)
            #expect(refused.status == 409, "\(refused.text)")
            #expect(refused.header("Location") == "/api/videos/\(first.id)")
            let problem = try refused.jsonObject()
            #expect(problem["clip"] as? String == first.id)
            #expect((problem["detail"] as? String)?.contains(first.id) == true)

            let noneServes = try await send(
                #""before": 1, "after": 0, "overlap": "reject""#,
                #"["dead", "gate"]"#
            )
            #expect(noneServes.status == 409, "\(noneServes.text)")
            #expect(try noneServes.jsonObject()["clip"] as? String == first.id)

            let longer = try await send(
                #""before": 0, "after": 8, "overlap": "extend", "note": "n""#
            )
            let extended: ClipAnswer = try longer.json()
            #expect(longer.status == 202 && extended.id == first.id)
            #expect(extended.label == "first")
            #expect(try longer.jsonObject()["note"] as? String == "n")
            #expect(extended.requested_start == first.requested_start)
            #expect(extended.requested_end > first.requested_end)
            // It would be longer than a clip may be.
            let tooLong: ClipAnswer = try await send(
                #""before": 0, "after": 19, "overlap": "extend""#
            ).json()
            #expect(tooLong.id != first.id)

            let growing = try await server.client.get(first.links.playlist).text
            #expect(growing.contains("#EXT-X-PLAYLIST-TYPE:EVENT"))
            #expect(!growing.contains("#EXT-X-ENDLIST"))
            let ready = try await server.client.get(
                "/api/videos/\(first.id)?wait=60",
                timeout: .seconds(90)
            ).json(as: ClipAnswer.self)
            #expect(ready.status == "ready" && ready.coverage.complete, "\(ready.coverage.gaps)")
            let asked =
                try microseconds(extended.requested_end)
                - microseconds(first.requested_start)
            // To the frame in other tests: the test pattern's clock is as good as the machine is idle.
            let lacking = Double(asked) / 1_000_000 - (ready.duration ?? 0)
            #expect(abs(lacking) <= 0.4, "\(lacking) s")
            let whole = try await server.client.get(first.links.playlist).text
            #expect(whole.contains("#EXT-X-PLAYLIST-TYPE:VOD") && whole.contains("#EXT-X-ENDLIST"))
            // A player that began with the growing playlist goes on with the same entries.
            let entries = growing.split(separator: "\n").filter { $0.hasSuffix(".m4s") }
            #expect(
                whole.split(separator: "\n").filter { $0.hasSuffix(".m4s") }
                    .starts(with: entries)
            )
        }

        private static func expectKeys(on server: HindsightServer) async throws {
            func send(_ key: String, _ body: String) async throws -> HTTPResponse {
                try await server.client.post(
                    "/api/store",
                    json: "{\(body)}",
                    headers: ["Idempotency-Key": key]
                )
            }
            let first = try await send("one", #""camera": "yard", "before": 1, "after": 2"#)
            #expect(first.status == 202 && first.header("Idempotent-Replayed") == nil)
            let clip: ClipAnswer = try first.json()
            // The same request, spelt in another way.
            let second = try await send("one", #""after": 2, "before": 1,  "camera": "yard""#)
            #expect(second.status == 202 && second.header("Idempotent-Replayed") == "true")
            #expect(try second.json(as: ClipAnswer.self).id == clip.id)
            _ = try await server.finished(clip.id)
            let third = try await send("one", #""camera": "yard", "before": 1, "after": 2"#)
            #expect(third.status == 201 && third.header("Idempotent-Replayed") == "true")
            #expect(try third.json(as: ClipAnswer.self).status == "ready")
            let other = try await send("one", #""camera": "yard", "before": 1, "after": 3"#)
            #expect(other.status == 422 && other.text.contains("Idempotency-Key"))

            let incident = #""camera": "all", "before": 1, "after": 0"#
            let answers = try await [send("two", incident), send("two", incident)]
            let clips = try answers.map { try $0.json(as: IncidentAnswer.self) }
            #expect(clips[0].incident == clips[1].incident)
            #expect(clips[0].clips.map(\.id) == clips[1].clips.map(\.id))
            #expect(clips[0].refused.map(\.detail) == clips[1].refused.map(\.detail))

            _ = try await server.client.delete("/api/videos/\(clip.id)")
            let gone = try await send("one", #""camera": "yard", "before": 1, "after": 2"#)
            #expect(gone.status == 404 && gone.text.contains("deleted"))
            // What was refused is not remembered.
            for _ in 0..<2 {
                let refused = try await send("three", #""camera": "dead", "after": 1"#)
                #expect(refused.status == 409)
                #expect(refused.header("Idempotent-Replayed") == nil)
            }
            #expect(try await send("three", brief).status == 202)
        }

        private static func expectWaiting(on server: HindsightServer) async throws {
            let answer = try await server.client.post(
                "/api/store",
                json: "{\(brief)}",
                headers: ["Prefer": "wait=500"],
                timeout: .seconds(130)
            )
            #expect(answer.status == 201, "\(answer.text)")
            #expect(answer.header("Preference-Applied") == "wait=120")
            let clip: ClipAnswer = try answer.json()
            #expect(clip.status == "ready" && clip.size != nil)
            let path = "/api/videos/\(clip.id)"
            let known = try await server.client.get(path + "?wait=120")
            #expect(known.status == 200)
            #expect(try known.json(as: ClipAnswer.self).status == "ready")
            for wait in ["121", "-1", "x", ""] {
                let refused = try await server.client.get(path + "?wait=\(wait)")
                #expect(refused.status == 400 && refused.text.contains("wait"), "\(wait)")
            }
            let unknown = try await server.client.get(
                "/api/videos/01a2032d-b934-72c1-ae4a-6625fbba06aa?wait=120"
            )
            #expect(unknown.status == 404)
            let long = try await server.trigger(#"{"camera": "yard", "before": 1, "after": 15}"#)
            let early = try await server.client.get("/api/videos/\(long.id)?wait=1")
            #expect(try early.json(as: ClipAnswer.self).status == "recording")
            // Deleting the clip ends the waiting for it.
            async let waiting = server.client.get(
                "/api/videos/\(long.id)?wait=120",
                timeout: .seconds(60)
            )
            _ = try await server.client.delete("/api/videos/\(long.id)")
            #expect(try await waiting.status == 404)
        }

        /// A server that is to stop keeps nobody waiting.
        private static func expectRelease(by server: HindsightServer) async throws {
            let known = Set(try await server.clips().map(\.id))
            async let waiting = server.client.post(
                "/api/store",
                json: #"{"camera": "yard", "before": 1, "after": 15}"#,
                headers: ["Prefer": "wait=120"],
                timeout: .seconds(60)
            )
            try await eventually("the clip") {
                try await server.clips().contains { !known.contains($0.id) }
            }
            await server.stop()
            let answer = try await waiting
            #expect(answer.status == 202, "\(answer.text)")
            #expect(try answer.json(as: ClipAnswer.self).status == "recording")
        }
    }
}
