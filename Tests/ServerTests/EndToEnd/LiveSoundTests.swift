import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("The live picture of a camera whose sound stops")
    struct LiveSoundTests {
        @Test("It goes on without, and with it again when it comes back")
        func sound() async throws {
            let camera = try await ClockCamera.start(.init(hasAudio: true))
            try await withStopping(camera) { camera in
                let server = try await HindsightServer.start(
                    cameras: [("door", camera.url.absoluteString)]
                )
                try await withStopping(server) { server in
                    try await server.waitForRings(of: 3)
                    let browser = try await Browser.start()
                    try await withStopping(browser) { browser in
                        try await browser.open(server.url)
                        try await expectPicture(browser, withSound: true)
                        try await camera.tell(.audio(false))
                        // What has come before is played to its end.
                        try await eventually("silence", timeout: .seconds(30)) {
                            try await mediaType(server)?.contains("mp4a") == false
                        }
                        for _ in 0..<3 { try await expectPicture(browser, withSound: false) }
                        try await camera.tell(.audio(true))
                        try await eventually("sound", timeout: .seconds(30)) {
                            try await mediaType(server)?.contains("mp4a") == true
                        }
                        try await expectPicture(browser, withSound: true)
                    }
                }
            }
        }

        private func mediaType(_ server: HindsightServer) async throws -> String? {
            try await server.client.get("/api/cameras/door").jsonObject()["media_type"] as? String
        }

        /// Waits until the page, fed by parts, shows two seconds more.
        private func expectPicture(_ browser: Browser, withSound: Bool) async throws {
            struct Look: Decodable {
                let source: String?
                let time: Double
                let sound: Double
            }
            func look() async throws -> Look {
                try await browser.execute(
                    """
                    const video = document.querySelector("#live video");
                    return {
                        source: video.dataset.source ?? null, time: video.currentTime,
                        sound: video.webkitAudioDecodedByteCount,
                    };
                    """,
                    as: Look.self
                )
            }
            var first: Look?
            try await eventually("a moving picture", timeout: .seconds(30)) {
                let now = try await look()
                guard let before = first, now.time > before.time, now.source == "parts",
                    now.sound >= before.sound
                else {
                    if first.map({ now.time < $0.time || now.sound < $0.sound }) ?? true {
                        first = now
                    }
                    return false
                }
                return now.time > before.time + 2 && (now.sound > before.sound) == withSound
            }
        }
    }
}
