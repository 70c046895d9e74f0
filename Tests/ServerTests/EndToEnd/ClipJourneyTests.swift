import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// The main job with its defaults: half a minute before and after, on every kind of camera.
    @Suite("From a trigger to a clip that plays")
    struct ClipJourneyTests {
        /// What a camera's clip must be.
        private struct Expectation {
            let camera: String
            let source: String
            let video: String
            let audio: String?
            let frameInterval: Double
        }

        @Test(
            "Half a minute before and after, on seven cameras, in six players",
            .timeLimit(.minutes(8))
        )
        func journey() async throws {
            let rtsp = try await RTSPCameras.shared()
            let storage = try TemporaryFolder()
            let film = storage.file("film.mp4")
            try await TestVideo(
                video: .h264,
                audio: .aac,
                seconds: 7,
                keyframeInterval: 25,
                bFrames: 0
            ).write(to: film)
            let mjpeg = try await MJPEGCamera.start()
            let expectations = [
                Expectation(
                    camera: "pattern",
                    source: "test",
                    video: "h264",
                    audio: "aac",
                    frameInterval: 0.04
                ),
                Expectation(
                    camera: "rtsp-aac",
                    source: rtsp.url(for: .h264AAC).absoluteString,
                    video: "h264",
                    audio: "aac",
                    frameInterval: 0.04
                ),
                Expectation(
                    camera: "rtsp-g711",
                    source: rtsp.url(for: .h264G711).absoluteString,
                    video: "h264",
                    audio: "aac",
                    frameInterval: 0.04
                ),
                Expectation(
                    camera: "rtsp-h265",
                    source: rtsp.url(for: .h265).absoluteString,
                    video: "hevc",
                    audio: nil,
                    frameInterval: 0.04
                ),
                Expectation(
                    camera: "clock",
                    source: rtsp.url(for: .clock).absoluteString,
                    video: "h264",
                    audio: nil,
                    frameInterval: 0.04
                ),
                Expectation(
                    camera: "mjpeg",
                    source: mjpeg.url.absoluteString,
                    video: "h264",
                    audio: nil,
                    frameInterval: 1.0 / 15
                ),
                Expectation(
                    camera: "film",
                    // Relative to where the program runs, which is the storage folder here.
                    source: "film.mp4",
                    video: "h264",
                    audio: "aac",
                    frameInterval: 0.04
                ),
            ]
            let server = try await HindsightServer.start(
                cameras: expectations.map { ($0.camera, $0.source) },
                // The default preset, and less to encode than by default, so that the players have room.
                settings: ["FFMPEG_PRESET=veryfast", "VIDEO_SIZE=640x360"],
                storage: storage
            )
            try await withStopping(mjpeg) { _ in
                try await withStopping(server) { server in
                    let browser = try await Browser.start()
                    try await withStopping(browser) { browser in
                        async let whole = wholeMinutes(expectations, server)
                        // Every player gets every camera's clip, a short one, while the rings fill.
                        try await server.waitForRings(of: 14)
                        let short = #"{"camera": "all", "before": 12, "after": 8}"#
                        for clip in try await clips(20, short, expectations, server) {
                            try await play(clip, of: 20, on: server, in: browser)
                        }
                        for clip in try await whole where clip.camera == "pattern" {
                            try await play(clip, of: 60, on: server, in: browser)
                        }
                    }
                }
            }
        }

        /// What a trigger without a window keeps of each camera.
        private func wholeMinutes(
            _ expectations: [Expectation],
            _ server: HindsightServer
        ) async throws -> [ClipAnswer] {
            try await server.waitForRings(of: 34)
            return try await clips(
                60,
                #"{"camera": "all", "label": "journey", "metadata": {"lap": 3}}"#,
                expectations,
                server
            )
        }

        /// Triggers all cameras, and checks the clips of so many seconds that come of it.
        private func clips(
            _ seconds: Double,
            _ order: String,
            _ expectations: [Expectation],
            _ server: HindsightServer
        ) async throws -> [ClipAnswer] {
            let answer = try await server.client.post("/api/store", json: order)
            #expect(answer.status == 202)
            let incident: IncidentAnswer = try answer.json()
            #expect(incident.clips.count == expectations.count)
            var clips: [ClipAnswer] = []
            for expectation in expectations {
                let accepted = incident.clips.first { $0.camera == expectation.camera }
                let clip = try await server.finished(try #require(accepted).id)
                try await check(clip, of: seconds, expectation, server)
                clips.append(clip)
            }
            return clips
        }

        private func check(
            _ clip: ClipAnswer,
            of seconds: Double,
            _ expectation: Expectation,
            _ server: HindsightServer
        ) async throws {
            let name = Comment(rawValue: clip.camera)
            try #require(clip.status == "ready", "\(clip.camera): \(clip.error ?? "")")
            #expect(clip.video_codec == expectation.video, name)
            #expect(clip.audio_codec == expectation.audio, name)
            #expect(clip.coverage.complete, "\(clip.camera): \(clip.coverage.gaps)")

            let file = try await server.download(clip, into: server.storage)
            let media = try await MediaProbe(file)
            let duration = try #require(media.video?.duration)
            // A minute of the world is a little more or less where ffmpeg paces the pictures itself: each
            // round of a film's loop adds something, and on a crowded machine the pattern falls behind.
            let drift = ["film": 0.1, "pattern": 0.4][expectation.camera] ?? 0.001
            #expect(abs(duration - seconds) <= expectation.frameInterval + drift, name)
            #expect(abs(try #require(clip.duration) - duration) <= expectation.frameInterval, name)
            #expect(media.video?.codec == expectation.video, name)
            #expect(media.audio?.codec == expectation.audio, name)
            #expect(try await MediaProbe.decodingErrors(of: file) == "", name)
            #expect(try MediaProbe.moovBeforeMdat(file), name)
            // A JPEG begins with FF D8.
            let thumbnail = try await server.client.get(clip.links.thumbnail)
            #expect(
                thumbnail.status == 200 && thumbnail.body.prefix(2) == Data([0xFF, 0xD8]),
                name
            )
            if expectation.camera == "clock" { try await checkClock(file, clip) }
        }

        /// Reads the moments that the camera wrote into its frames.
        private func checkClock(_ file: URL, _ clip: ClipAnswer) async throws {
            let frames = try await ClockFrames.read(file: file)
            let start = try microseconds(clip.requested_start)
            let end = try microseconds(clip.requested_end)
            // One frame interval, and what the way from the camera may take.
            let tolerance: Int64 = 40_000 + 60_000
            let first = try #require(frames.first).captureTime
            let last = try #require(frames.last).captureTime
            #expect(abs(first - start) <= tolerance, "the first frame is \(first - start) µs late")
            #expect(
                abs(last + 40_000 - end) <= tolerance,
                "the last frame is \(last - end) µs late"
            )
            #expect(abs(frames.count - Int(end - start) / 40_000) <= 1)
            for (earlier, later) in zip(frames, frames.dropFirst()) {
                #expect(later.captureTime > earlier.captureTime, "a frame twice, or out of order")
            }
        }

        private func play(
            _ clip: ClipAnswer,
            of seconds: Double,
            on server: HindsightServer,
            in browser: Browser
        ) async throws {
            let playlist = try await server.client.get(clip.links.playlist)
            #expect(playlist.text.contains("#EXT-X-PLAYLIST-TYPE:VOD"))
            #expect(playlist.text.hasSuffix("#EXT-X-ENDLIST\n"))
            for link in [clip.links.playlist, clip.links.stream] {
                let url = server.url(link)
                // The playlist has whole segments: it begins before the window and ends after it.
                let shortest = try #require(clip.duration) - 0.2
                let probed = try await Players.ffprobe(url)
                #expect(try #require(probed.duration) >= shortest, "ffprobe \(clip.camera) \(link)")
                let mpv = try await Players.mpv(url)
                #expect(mpv.lastPicture >= shortest, "mpv \(clip.camera) \(link)")
                let isPlaylist = link == clip.links.playlist
                for element in isPlaylist ? [.playbin3] : Players.GStreamerElement.allCases {
                    let played = try await Players.gstreamer(url, by: element)
                    #expect(
                        try #require(played.pictures) >= #require(probed.pictures) - 1,
                        "\(element) \(clip.camera) \(link)"
                    )
                }
                // Chromium has no H.265.
                guard clip.video_codec == "h264" else { continue }
                let video = try await browser.playsAndSeeks(videoURL: url, pageOrigin: server.url)
                #expect(video.duration >= shortest, "Chromium \(clip.camera) \(link)")
                #expect(video.soughtMediaTime >= seconds / 2 - 1, "Chromium \(clip.camera) \(link)")
            }
        }
    }
}
