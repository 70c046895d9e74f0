import TestSupport
import Testing

@testable import HTTP

@Suite("Event broadcaster")
struct EventBroadcasterTests {
    private func withEvents(
        heartbeat: Duration = .seconds(15),
        history: Int = 256,
        eventLoops: Int = 1,
        _ body: (EventBroadcaster, Int) async throws -> Void
    ) async throws {
        var configuration = EventBroadcaster.Configuration()
        configuration.heartbeat = heartbeat
        configuration.history = history
        let events = EventBroadcaster(configuration)
        try await withServer(eventLoops: eventLoops, handler: { events.respond(to: $0) }) { port in
            try await body(events, port)
        }
    }

    @Test("Events reach a subscriber as they are published, each once and in order")
    func published() async throws {
        try await withEvents { events, port in
            let reader = try EventStreamReader(port: port)
            #expect(reader.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(reader.head.contains("Content-Type: text/event-stream\r\n"))
            #expect(reader.head.contains("Cache-Control: no-store\r\n"))
            #expect(reader.head.contains("X-Accel-Buffering: no\r\n"))
            #expect(try reader.nextEvent()?["retry"] == "2000")
            for number in 1...20 {
                events.publish(ServerSentEvent(type: "tick", "a\n\(number)"))
                let event = try reader.nextEvent()
                #expect(event?["event"] == "tick" && event?["data"] == "a\n\(number)")
                #expect(event?["id"]?.hasSuffix("-\(number)") == true)
            }
        }
    }

    @Test("A silent stream has a comment now and then")
    func heartbeat() async throws {
        try await withEvents(heartbeat: .milliseconds(20)) { events, port in
            let reader = try EventStreamReader(port: port)
            #expect(try reader.next()?.hasPrefix("retry") == true)
            for _ in 1...3 { #expect(try reader.next() == ":") }
            events.publish(ServerSentEvent("x"))
            #expect(try reader.nextEvent()?["data"] == "x")
        }
    }

    @Test("Who comes back with the last id gets what was missed, and no more")
    func resume() async throws {
        try await withEvents { events, port in
            var first: EventStreamReader? = try EventStreamReader(port: port)
            _ = try first?.nextEvent()
            for number in 1...5 { events.publish(ServerSentEvent("\(number)")) }
            _ = try first?.nextEvent()
            let id = try #require(try first?.nextEvent()?["id"])
            first = nil
            let second = try EventStreamReader(port: port, lastEventID: id)
            #expect(try second.nextEvent()?["id"] == id)
            events.publish(ServerSentEvent("6"))
            for number in 3...6 { #expect(try second.nextEvent()?["data"] == "\(number)") }
        }
    }

    @Test("The id that opens a stream resumes it even if no event came")
    func resumeFromOpening() async throws {
        try await withEvents { events, port in
            let id = try #require(try EventStreamReader(port: port).nextEvent()?["id"])
            events.publish(ServerSentEvent("missed"))
            let second = try EventStreamReader(port: port, lastEventID: id)
            _ = try second.nextEvent()
            #expect(try second.nextEvent()?["data"] == "missed")
        }
    }

    @Test(
        "An id too old, or of another life, is answered with a reset",
        arguments: ["old", "0-1", "nonsense"]
    )
    func reset(_ id: String) async throws {
        try await withEvents(history: 2) { events, port in
            let opening = try EventStreamReader(port: port).nextEvent()
            for number in 1...3 { events.publish(ServerSentEvent("\(number)")) }
            let old = try #require(opening?["id"])
            let reader = try EventStreamReader(port: port, lastEventID: id == "old" ? old : id)
            _ = try reader.nextEvent()
            let reset = try reader.nextEvent()
            #expect(reset?["event"] == "reset" && reset?["data"] == "")
            events.publish(ServerSentEvent("4"))
            #expect(try reader.nextEvent()?["data"] == "4")
        }
    }

    @Test("One too slow for the history is cut off; the others get everything")
    func slowReader() async throws {
        try await withEvents(history: 8, eventLoops: 2) { events, port in
            let slow = try EventStreamReader(port: port, receiveBuffer: 4096)
            let fast = try EventStreamReader(port: port)
            _ = try fast.nextEvent()
            let filling = String(repeating: "x", count: 100_000)
            // Far more than the kernel's buffers hold.
            for number in 1...120 {
                events.publish(ServerSentEvent("\(number) \(filling)"))
                let data = try #require(try fast.nextEvent()?["data"])
                #expect(data == "\(number) \(filling)")
            }
            #expect(events.subscriberCount == 2)
            var received = 0
            #expect(throws: RawClient.Failure.self) {
                while try slow.nextEvent() != nil { received += 1 }
            }
            #expect(received < 120)
            try await eventually { events.subscriberCount == 1 }
            events.publish(ServerSentEvent("on"))
            #expect(try fast.nextEvent()?["data"] == "on")
        }
    }

    @Test("A client that vanishes is found by the next heartbeats")
    func vanished() async throws {
        try await withEvents(heartbeat: .milliseconds(20)) { events, port in
            var reader: EventStreamReader? = try EventStreamReader(port: port)
            _ = try reader?.nextEvent()
            #expect(events.subscriberCount == 1)
            reader = nil
            try await eventually { events.subscriberCount == 0 }
        }
    }

    @Test("HEAD has the same fields and subscribes nobody")
    func head() async throws {
        try await withEvents { events, port in
            let client = try RawClient(port: port)
            try client.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n")
            let response = try client.readResponse(toHead: true)
            #expect(response.headers["Content-Type"] == "text/event-stream")
            #expect(events.subscriberCount == 0)
            // The connection is free for more.
            try client.send("HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.readResponse(toHead: true).status == 200)
        }
    }

    @Test("Once finished, streams end in order after their last event, and new ones at once")
    func finish() async throws {
        try await withEvents { events, port in
            let reader = try EventStreamReader(port: port)
            _ = try reader.nextEvent()
            events.publish(ServerSentEvent("last"))
            events.finish()
            #expect(try reader.nextEvent()?["data"] == "last")
            #expect(try reader.nextEvent() == nil)
            let late = try EventStreamReader(port: port)
            _ = try late.nextEvent()
            #expect(try late.nextEvent() == nil)
        }
    }

    @Test("A server that drains is done when its streams are finished")
    func drain() async throws {
        let events = EventBroadcaster()
        let server = HTTPServer(configuration: .init()) { events.respond(to: $0) }
        let port = try server.start()
        try await onOwnThread {
            let reader = try EventStreamReader(port: port)
            _ = try reader.nextEvent()
            async let stopped: Void = server.shutdown(gracePeriod: .seconds(3600))
            events.finish()
            #expect(try reader.nextEvent() == nil)
            await stopped
        }
    }

    @Test("Two hundred subscribers get every event")
    func many() async throws {
        try await withEvents(heartbeat: .milliseconds(50), eventLoops: 2) { events, port in
            let readers = try (0..<200).map { _ in try EventStreamReader(port: port) }
            for reader in readers { _ = try reader.nextEvent() }
            #expect(events.subscriberCount == 200)
            for number in 1...10 { events.publish(ServerSentEvent("\(number)")) }
            for reader in readers {
                for number in 1...10 { #expect(try reader.nextEvent()?["data"] == "\(number)") }
            }
        }
    }
}
