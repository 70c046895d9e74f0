import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Low-Latency HLS")
    struct LowLatencyTests {
        private static let live = "/api/cameras/test/live/"
        private static let index = live + "index.m3u8"

        /// A server whose test pattern has two complete segments.
        private func withServer(_ body: (HindsightServer) async throws -> Void) async throws {
            let server = try await HindsightServer.start(settings: ["SEGMENT_DURATION=1"])
            try await withStopping(server) { server in
                try await eventually("segments", timeout: .seconds(20)) {
                    let answer = try await server.client.get(Self.index)
                    return answer.status == 200 && PartedPlaylist(answer.text).newestComplete > 0
                }
                try await body(server)
            }
        }

        private func playlist(
            _ server: HindsightServer,
            _ query: String = ""
        ) async throws -> PartedPlaylist {
            let answer = try await server.client.get(Self.index + query)
            guard answer.status == 200 else {
                throw TestFailure("\(answer.status): \(answer.text)")
            }
            return PartedPlaylist(answer.text)
        }

        @Test("The parts of a segment are the segment, byte for byte")
        func parts() async throws {
            try await withServer { server in
                let list = try await playlist(server)
                let segment = try #require(list.segments.last { $0.name != nil })
                let name = try #require(segment.name)
                let whole = try await server.client.get(Self.live + name).body
                var joined = Data()
                for part in segment.parts {
                    let answer = try await server.client.get(Self.live + part)
                    #expect(answer.status == 200 && answer.header("Content-Type") == "video/mp4")
                    #expect(answer.body.dropFirst(4).prefix(4) == Data("moof".utf8))
                    joined += answer.body
                }
                #expect(segment.parts.count > 2)
                // Before them the segment has its type box, and free space.
                #expect(whole.prefix(8).suffix(4) == Data("styp".utf8))
                let free = whole.dropFirst(Int(whole[3]))
                #expect(free.dropFirst(4).prefix(4) == Data("free".utf8))
                let size = free.prefix(4).reduce(0) { $0 << 8 | Int($1) }
                #expect(free.dropFirst(size) == joined)
            }
        }

        @Test("Parts of a segment that still grows are whole, and are the same when it has closed")
        func growing() async throws {
            try await withServer { server in
                var list = try await playlist(server)
                while list.segments.last?.name != nil { list = try await playlist(server) }
                let open = try #require(list.segments.last)
                let part = try #require(open.parts.last)
                let early = try await server.client.get(Self.live + part).body
                let number = list.newestComplete + 1
                let closed = try await playlist(server, "?_HLS_msn=\(number)")
                #expect(closed.newestComplete >= number)
                #expect(try await server.client.get(Self.live + part).body == early)
                let name = try #require(
                    closed.segments.first { $0.parts.starts(with: open.parts) }?.name
                )
                let whole = try await server.client.get(Self.live + name).body
                #expect(whole.firstRange(of: early) != nil)
            }
        }

        @Test("A hundred who wait for the next part get it, one playlist for all")
        func waiters() async throws {
            try await withServer { server in
                let before = try await playlist(server)
                let hint = try #require(before.hint)
                let texts = try await withThrowingTaskGroup { group in
                    for _ in 0..<100 {
                        group.addTask { try await playlist(server, before.nextQuery).text }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for text in texts { #expect(PartedPlaylist(text).parts.contains(hint)) }
                #expect(!before.parts.contains(hint))
            }
        }

        @Test("The part that comes next can be asked for before it is there")
        func hint() async throws {
            try await withServer { server in
                for _ in 0..<8 {
                    let hint = try #require(try await playlist(server).hint)
                    let early = try await server.client.get(Self.live + hint)
                    #expect(early.status == 200)
                    #expect(try await playlist(server).parts.contains(hint))
                    #expect(try await server.client.get(Self.live + hint).body == early.body)
                }
                // The one after it can't: nobody knows yet whether it will be.
                let list = try await playlist(server)
                let far = try #require(list.hint).replacing(/part\d+/, with: "part99999")
                #expect(try await server.client.get(Self.live + far).status == 404)
            }
        }

        @Test("Malformed wishes and those too far ahead are refused at once")
        func refusals() async throws {
            try await withServer { server in
                let next = try await playlist(server).newestComplete + 1
                for query in ["_HLS_msn=x", "_HLS_part=1", "_HLS_msn=\(next + 50)"] {
                    let answer = try await server.client.get(Self.index + "?" + query)
                    #expect(answer.status == 400, "\(query)")
                }
                let past = try await server.client.get(Self.index + "?_HLS_msn=0&_HLS_skip=YES")
                #expect(past.status == 200)
            }
        }

        @Test("A wait is in vain where nothing is recorded, and that is said")
        func inVain() async throws {
            let nowhere = "rtsp://127.0.0.1:\(try FreePort.next())/none"
            let server = try await HindsightServer.start(cameras: [("test", nowhere)])
            try await withStopping(server) { server in
                let answer = try await server.client.get(Self.index + "?_HLS_msn=1&_HLS_part=0")
                #expect(answer.status == 503 && answer.header("Retry-After") == "2")
            }
        }

        @Test("Those who wait and go leave nothing behind; a stop does not wait for the others")
        func ends() async throws {
            try await withServer { server in
                let used = { try ProcessUsage(of: server.process.pid).descriptors }
                let before = try used()
                // No part is that one for at least two seconds.
                let query = "?_HLS_msn=\(try await playlist(server).newestComplete + 2)"
                let request = "GET \(Self.index + query) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                do {
                    let sockets = try (0..<50).map { _ in try Socket(connectedTo: server.port) }
                    for socket in sockets { try socket.send(Data(request.utf8)) }
                    try await eventually("connections") { try used() >= before + 50 }
                }
                try await eventually("no connections", timeout: .seconds(30)) {
                    try used() <= before + 2
                }
                let latest = try await playlist(server).newestComplete
                let waiting = Task {
                    try await server.client.get(Self.index + "?_HLS_msn=\(latest + 2)")
                }
                try await eventually("a connection") { try used() > before }
                server.process.send(SIGTERM)
                #expect([200, 503].contains(try await waiting.value.status))
                #expect(try await server.process.exit(within: .seconds(15)) == .exited(0))
            }
        }

        @Test("The page shows what no complete segment has yet")
        func page() async throws {
            try await withServer { server in
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    try await browser.open(server.url)
                    let shown = """
                        const video = document.querySelector("#live video");
                        return video?.dataset.source === "parts" && video.readyState >= 2
                            ? video.currentTime : null;
                        """
                    // By the camera's media clock, which begins with its first segment.
                    var newest = 0.0
                    func expectNewPicture() async throws {
                        newest = try await eventually("a picture", timeout: .seconds(40)) {
                            let time = try await browser.execute(shown, as: Double?.self)
                            let complete = try await playlist(server).duration
                            return time.flatMap { $0 > max(complete + 0.1, newest) ? $0 : nil }
                        }
                    }
                    for _ in 0..<3 { try await expectNewPicture() }
                    // After a pause, however long, it goes on with what is new.
                    try await browser.execute("document.querySelector('#live video').pause()")
                    let paused = try await playlist(server).newestComplete
                    try await eventually("footage of the pause", timeout: .seconds(40)) {
                        try await playlist(server).newestComplete > paused + 4
                    }
                    try await browser.execute("document.querySelector('#live video').play()")
                    try await expectNewPicture()
                    // A new run begins a new media clock: the page goes over to it by itself.
                    for pid in try server.ffmpegs() { kill(pid_t(pid), SIGKILL) }
                    try await eventually("the new run's picture", timeout: .seconds(40)) {
                        let time = try await browser.execute(shown, as: Double?.self)
                        return time.map { $0 > 0.5 && $0 < newest } ?? false
                    }
                }
            }
        }
    }
}
