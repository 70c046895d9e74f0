import Foundation
import TestSupport
import Testing

extension SideBySide {
    /// Pictures are copied as cameras send them: what players make of the less usual ones.
    @Suite("Pictures that are copied")
    struct CopiedPictureTests {
        @Test("Keyframes that are no new beginning (open GOP) begin clips that a browser plays")
        func openGOP() async throws {
            let storage = try TemporaryFolder()
            let film = storage.file("open.mp4")
            try await TestVideo(audio: .aac, seconds: 40, bFrames: 3).write(
                to: film,
                options: [
                    "-preset", "veryfast", "-x264-params",
                    "open-gop=1:keyint=32:min-keyint=17:scenecut=0:b-adapt=0:bframes=3",
                ]
            )
            let server = try await HindsightServer.start(
                cameras: [("open", film.path)],
                storage: storage
            )
            try await withStopping(server) { server in
                try await server.waitForRings(of: 8)
                let trigger = try await server.trigger(#"{"before": 4, "after": 1}"#)
                let clip = try await server.finished(trigger.id)
                #expect(clip.status == "ready" && clip.coverage.complete, "\(clip)")
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    for link in [clip.links.stream, clip.links.playlist] {
                        let played = try await browser.playsToEnd(
                            videoURL: server.url(link),
                            pageOrigin: server.url
                        )
                        #expect(played.lastMediaTime - played.firstMediaTime > 4, "\(played)")
                        #expect(played.presentedFrames > 50, "\(played)")
                    }
                }
                for link in [clip.links.stream, clip.links.playlist] {
                    let address = server.url(link)
                    #expect(try await MediaProbe.decodingErrors(of: address) == "")
                    #expect(try #require(try await Players.gstreamer(address).pictures) >= 124)
                    #expect(try #require(try await Players.mpv(address).duration) > 4.5)
                }
            }
        }

        @Test("What was filmed upright is shown upright, wherever it is shown")
        func turned() async throws {
            let storage = try TemporaryFolder()
            let film = storage.file("upright.mp4")
            try await TestVideo(seconds: 20, size: "320x180").write(to: film)
            try turn(film.path)
            let server = try await HindsightServer.start(
                cameras: [("upright", film.path)],
                storage: storage
            )
            try await withStopping(server) { server in
                try await server.waitForRings(of: 5)
                let trigger = try await server.trigger(#"{"before": 3, "after": 1}"#)
                let clip = try await server.finished(trigger.id)
                #expect(clip.status == "ready" && clip.width == 180 && clip.height == 320)
                for link in [clip.links.thumbnail, "/api/cameras/upright/snapshot.jpg"] {
                    let picture = try #require(try await MediaProbe(server.url(link)).video)
                    #expect(picture.width == 180 && picture.height == 320)
                }
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    for link in [clip.links.stream, clip.links.playlist] {
                        let played = try await browser.playsToEnd(
                            videoURL: server.url(link),
                            pageOrigin: server.url
                        )
                        #expect(played.videoWidth == 180 && played.videoHeight == 320)
                    }
                }
            }
        }
    }
}
