import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("The page, in a real browser")
    struct PageTests {
        @Test("The live picture moves, a trigger becomes a clip, it plays and is deleted")
        func page() async throws {
            let server = try await HindsightServer.start(settings: ["BUFFER_DURATION=12"])
            try await withStopping(server) { server in
                try await server.waitForRings(of: 10)
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    try await browser.open(server.url)
                    try await expectMovingPictures(in: "#live video", browser)

                    // By keyboard, as one who has no mouse.
                    try await browser.type("t")
                    let id: String = try await value(
                        "document.querySelector('#pending li')?.dataset.id",
                        browser
                    )
                    let left: String = try await value(
                        "document.querySelector('#pending li')?.dataset.left",
                        browser
                    )
                    #expect(try #require(Double(left)) > 20)
                    #expect(try await server.clip(id).status == "recording")
                    let ready =
                        "document.querySelector('#clips [data-id=\"\(id)\"][data-status=ready]')"
                    let _: Bool = try await value("\(ready) && true", browser, within: .seconds(60))
                    let _: Bool = try await value(
                        "\(ready).querySelector('.thumb img, img.thumb')?.naturalWidth > 0 || null",
                        browser
                    )

                    try await browser.execute("\(ready).querySelector('.thumb').click()")
                    try await expectMovingPictures(in: "dialog#player video", browser)
                    let source: String = try await value(
                        "document.querySelector('dialog#player video')?.dataset.source",
                        browser
                    )
                    #expect(source == "playlist")

                    try await browser.execute(
                        "document.querySelector('dialog#player .delete').click()"
                    )
                    try await browser.execute(
                        "document.querySelector('dialog#confirm .confirm').click()"
                    )
                    let _: Bool = try await value(
                        "!document.querySelector('#clips [data-id=\"\(id)\"]') || null",
                        browser
                    )
                    #expect(try await server.clips().isEmpty)
                }
            }
        }

        @Test("What of a camera's stream hurts clips stands beside its picture")
        func advice() async throws {
            let folder = try TemporaryFolder()
            let file = folder.file("door.mkv")
            try await TestVideo(audio: .alaw, seconds: 4, keyframeInterval: 25, bFrames: 2)
                .write(to: file)
            let server = try await HindsightServer.start(cameras: [("door", file.path)])
            try await withStopping(server) { server in
                try await server.waitForRings(of: 2)
                let camera = try #require(try await server.cameras().first)
                #expect(camera.profile == "Main@1.2" && camera.gop == 1)
                #expect(camera.warnings.count == 2)
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    try await browser.open(server.url)
                    let advice = "document.querySelector('#camera .advice:not([hidden])')"
                    let summary: String = try await value(
                        "\(advice)?.querySelector('summary').textContent",
                        browser
                    )
                    #expect(summary.hasSuffix("2 things to set"))
                    let said: [String] = try await value(
                        "\(advice) && [...\(advice).querySelectorAll('li')].map(i => i.textContent)",
                        browser
                    )
                    #expect(said == camera.warnings)

                    // Of a clip: what is missing, and what is in doubt.
                    let words: [String?] = try await browser.execute(
                        """
                        const { coverageWarning } = await import("/js/format.js");
                        const reason = "the times may be off by up to 0.7 s: nobody knows better";
                        const gap = {
                            start: "2026-12-01T10:00:00.000Z", end: "2026-12-01T10:00:03.000Z",
                        };
                        return [
                            coverageWarning({ complete: true, gaps: [], reason: null }),
                            coverageWarning({ complete: false, gaps: [], reason }),
                            coverageWarning({ complete: false, gaps: [gap], reason }),
                        ];
                        """,
                        []
                    )
                    let doubt = "The times may be off by up to 0.7 s: nobody knows better."
                    #expect(words[0] == nil && words[1] == doubt)
                    #expect(words[2]?.hasPrefix("3 s missing: ") == true)
                    #expect(words[2]?.hasSuffix(". " + doubt) == true)
                }
            }
        }

        @Test("A camera that lags is recorded: the page says how far behind it is, and why")
        func lagging() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    try await browser.open(server.url)
                    let words: [String] = try await browser.execute(
                        """
                        const { standing, remark, summary } = await import("/js/cameras.js");
                        const camera = { status: "lagging", lag: 12.3, reason: "it is slow" };
                        return [
                            standing(camera), remark(camera), summary([camera]).text,
                            standing({ ...camera, lag: null }), remark({ status: "live", reason: "x" }),
                        ];
                        """,
                        []
                    )
                    #expect(
                        words == ["12 s behind", "It is slow.", "Recording", "Lagging", ""]
                    )
                }
            }
        }

        @Test("What happens elsewhere is shown without asking for it again and again")
        func news() async throws {
            let server = try await HindsightServer.start()
            try await withStopping(server) { server in
                try await server.waitForRings(of: 3)
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    try await browser.open(server.url)
                    let asked =
                        "performance.getEntriesByType('resource')"
                        + ".filter(entry => entry.name.includes('/api/videos?')).length"
                    try await expectQuiet(asked, browser)
                    let id = try await server.trigger(#"{"before": 1, "after": 8}"#).id
                    let card = "document.querySelector('#clips [data-id=\"\(id)\"]')"
                    let _: Bool = try await value("\(card) && true", browser)
                    let before: Int = try await value(asked, browser)
                    let _: Bool = try await value(
                        "\(card)?.dataset.status === 'ready' || null",
                        browser,
                        within: .seconds(60)
                    )
                    // Asking would have taken it several times a clip.
                    let after: Int = try await value(asked, browser)
                    #expect(after - before <= 2)
                    _ = try await server.client.delete("/api/videos/\(id)")
                    let _: Bool = try await value("!\(card) || null", browser)
                }
            }
        }

        @Test("Cameras that come and go do so on the page, and the one watched stays")
        func cameras() async throws {
            try await FleetServer.run(["door", "yard"]) { fleet in
                try await fleet.waitUntilLive("door")
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    try await browser.open(fleet.server.url)
                    let tabs = "[...document.querySelectorAll('#cameras label')]"
                    let ids = "\(tabs).map(tab => tab.dataset.id).join()"
                    try await expect(ids, "door,yard", browser)
                    try await browser.execute("\(tabs)[1].querySelector('input').click()")
                    let watched = "document.querySelector('#live').dataset.camera"
                    try await expect(watched, "yard", browser)

                    let yard = fleet.entry("yard", ["name": "The yard"])
                    try fleet.write([fleet.entry("gate"), yard])
                    try await expect(ids, "gate,yard", browser)
                    try await expect(watched, "yard", browser)
                    let name = "document.querySelector('#camera .name').textContent"
                    try await expect(name, "The yard", browser)

                    try fleet.write([fleet.entry("gate")])
                    try await expect(watched, "gate", browser)
                    try await expect("document.querySelector('#cameras').hidden", true, browser)
                }
            }
        }

        /// Waits until an expression of the page has a certain value.
        private func expect<Value: Decodable & Equatable>(
            _ expression: String,
            _ expected: Value,
            _ browser: Browser
        ) async throws {
            try await eventually("\(expression) to be \(expected)", timeout: .seconds(20)) {
                let found: Value = try await value(expression, browser)
                return found == expected
            }
        }

        /// Waits until the page has begun to listen, and asks for clips no more.
        private func expectQuiet(_ asked: String, _ browser: Browser) async throws {
            try await eventually("a page that listens", timeout: .seconds(40)) {
                let before: Int = try await value(asked, browser)
                try await Task.sleep(for: .seconds(6))
                return try await value(asked, browser) == before
            }
        }

        /// Waits until an expression of the page has a value.
        private func value<Value: Decodable>(
            _ expression: String,
            _ browser: Browser,
            within timeout: Duration = .seconds(20)
        ) async throws -> Value {
            try await eventually(expression, timeout: timeout, every: .milliseconds(200)) {
                try await browser.execute("return (\(expression)) ?? null", as: Value?.self)
            }
        }

        /// Proves by presented pictures that a video moves.
        private func expectMovingPictures(in selector: String, _ browser: Browser) async throws {
            let script = """
                const [selector] = arguments;
                const video = document.querySelector(selector);
                if (!video) return null;
                const frame = () => new Promise(resolve =>
                    video.requestVideoFrameCallback((_, metadata) => resolve(metadata.mediaTime)));
                const late = new Promise(resolve => setTimeout(() => resolve(null), 10000));
                const first = await Promise.race([frame(), late]);
                for (let count = 0; count < 20; count++) {
                    const time = await Promise.race([frame(), late]);
                    if (time !== null && first !== null && time > first + 0.3) return true;
                }
                return null;
                """
            let _: Bool = try await eventually("pictures in \(selector)", timeout: .seconds(40)) {
                try await browser.execute(script, [selector], as: Bool?.self)
            }
        }
    }
}
