import Foundation
import TestSupport
import Testing

extension SideBySide {
    /// What the cameras write into their pictures decides.
    @Suite("Looking back on the page")
    struct LookbackTests {
        private struct Look: Decodable {
            /// The moment chosen, in milliseconds since 1970 like the next.
            let chosen: Double
            /// When the first picture shown after it was taken.
            let shown: Double
        }

        @Test("The slider goes to any moment of the ring, over a restart too, and back to live")
        func slider() async throws {
            let cameras = try await ClockCameras.start([.init(id: "clock")])
            try await withStopping(cameras) { cameras in
                try await withStopping(
                    try await HindsightServer.start(
                        cameras: cameras.sources,
                        settings: ["BUFFER_DURATION=40"]
                    )
                ) { server in
                    try await server.waitForRings(of: 8)
                    let broken = Date()
                    for pid in try server.ffmpegs() { kill(pid_t(pid), SIGKILL) }
                    try await server.waitForRings(of: 22)
                    try await withStopping(try await Browser.start()) { browser in
                        try await browser.open(server.url)
                        try await eventually("a slider over the ring", timeout: .seconds(40)) {
                            let reach =
                                "return Number(document.querySelector('#lookback input').min)"
                            return try await browser.execute(reach, as: Double.self) <= -22
                        }
                        for seconds in [12, 3, 8, 5] {
                            try await expectPicture(seconds, browser)
                        }
                        let before = Int(Date().timeIntervalSince(broken)) + 3
                        try await expectPicture(before, browser)
                        try await eventually("the next run", timeout: .seconds(30)) {
                            try await moment(browser, in: "past")
                                > (broken.timeIntervalSince1970 + 2) * 1000
                        }
                        try await browser.execute("document.querySelector('#go-live').click()")
                        try await eventually("the live picture", timeout: .seconds(30)) {
                            let moment = try await moment(browser, in: "parts")
                            return Date().timeIntervalSince1970 * 1000 - moment < 3000
                        }
                    }
                }
            }
        }

        /// Chooses a moment by the slider, and expects that the picture is of that moment.
        private func expectPicture(_ seconds: Int, _ browser: Browser) async throws {
            let look: Look = try await browser.execute(
                Browser.clockReader + """
                    const slider = document.querySelector("#lookback input");
                    const video = document.querySelector("#live video");
                    slider.value = -arguments[0];
                    const chosen = Date.now() - arguments[0] * 1000;
                    slider.dispatchEvent(new Event("change"));
                    // Before that a picture of what was shown before may still be reported.
                    const picture = new Promise(resolve =>
                        video.addEventListener("loadeddata", resolve, { once: true })
                    ).then(() => new Promise(resolve => video.requestVideoFrameCallback(resolve)));
                    const late = new Promise((_, reject) =>
                        setTimeout(() => reject(new Error("no picture")), 20000));
                    return Promise.race([picture, late])
                        .then(() => ({ chosen, shown: momentIn(video) }));
                    """,
                [seconds]
            )
            #expect(abs(look.shown - look.chosen) <= 500, "\(seconds) s ago")
        }

        /// When the picture shown was taken, in milliseconds since 1970; 0 while it is not fed so.
        private func moment(_ browser: Browser, in source: String) async throws -> Double {
            try await browser.execute(
                Browser.clockReader + """
                    const video = document.querySelector("#live video");
                    return video.dataset.source === arguments[0] && video.readyState >= 2
                        ? momentIn(video) : 0;
                    """,
                [source]
            )
        }
    }
}
