import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("What a live playlist has said stays as it is (RFC 8216 §6.2.1)")
    struct LivePromiseTests {
        private static let live = "/api/cameras/door/live/"

        /// What a player remembers of a playlist that it loads again and again.
        private struct Memory {
            var constants: Set<[String]> = []
            /// Of each complete entry, by its number.
            var entries: [Int: String] = [:]
            var broken: [String] = []

            mutating func add(_ text: String) {
                let lines = text.split(separator: "\n").map(String.init)
                let tags = ["#EXT-X-TARGETDURATION", "#EXT-X-SERVER-CONTROL", "#EXT-X-PART-INF"]
                constants.insert(lines.filter { line in tags.contains { line.hasPrefix($0) } })
                if lines.contains("#EXT-X-INDEPENDENT-SEGMENTS") { broken.append("independent") }
                let target = number(after: "#EXT-X-TARGETDURATION:", in: text)
                let partTarget = number(after: "PART-TARGET=", in: text)
                var sequence = Int(number(after: "#EXT-X-MEDIA-SEQUENCE:", in: text))
                var duration = ""
                for line in lines {
                    if line.hasPrefix("#EXT-X-PART:") {
                        if number(after: "DURATION=", in: line) > partTarget { broken.append(line) }
                    } else if line.hasPrefix("#EXTINF:") {
                        duration = line
                        if number(after: "#EXTINF:", in: line) > target { broken.append(line) }
                    } else if !line.hasPrefix("#") {
                        let entry = duration + line
                        if entries[sequence, default: entry] != entry { broken.append(entry) }
                        entries[sequence] = entry
                        sequence += 1
                    }
                }
            }

            private func number(after name: String, in text: String) -> Double {
                guard let range = text.range(of: name) else { return .infinity }
                return Double(text[range.upperBound...].prefix { "0123456789.".contains($0) }) ?? 0
            }
        }

        @Test("Although the camera sends fewer keyframes by now, and skips frames")
        func changes() async throws {
            let camera = try await ClockCamera.start(.init(keyframeInterval: 25))
            try await withStopping(camera) { camera in
                let server = try await HindsightServer.start(
                    cameras: [("door", camera.url.absoluteString)],
                    settings: ["SEGMENT_DURATION=1"]
                )
                try await withStopping(server) { server in
                    try await expectStability(server, camera)
                }
            }
        }

        private func expectStability(_ server: HindsightServer, _ camera: ClockCamera) async throws
        {
            let index = Self.live + "index.m3u8"
            var memory = Memory()
            func loads(until isEnough: (PartedPlaylist) -> Bool) async throws {
                try await eventually("what the camera sends now", timeout: .seconds(40)) {
                    let answer = try await server.client.get(index)
                    guard answer.status == 200 else { return false }
                    memory.add(answer.text)
                    return isEnough(PartedPlaylist(answer.text))
                }
            }
            try await loads { $0.newestComplete >= 1 }
            try await camera.tell(.keyframeInterval(100))
            func pieces(_ list: PartedPlaylist) -> [String] {
                list.segments.compactMap(\.name).filter { $0.contains("-parts") }
            }
            try await loads { pieces($0).count >= 4 }
            try await camera.tell(.freeze)
            try await Task.sleep(for: .milliseconds(700))
            try await camera.tell(.thaw)
            // The part that lasts through the pause, and what is after it.
            let before = memory.entries.count
            var list = PartedPlaylist("")
            try await loads {
                list = $0
                return memory.entries.count >= before + 4
            }
            #expect(memory.constants.count == 1)
            #expect(memory.broken == [])
            for name in pieces(list).suffix(6) {
                let answer = try await server.client.get(Self.live + name)
                #expect(answer.status == 200 && answer.header("Content-Type") == "video/mp4")
                #expect(answer.body.dropFirst(4).prefix(4) == Data("moof".utf8))
            }
        }
    }
}
