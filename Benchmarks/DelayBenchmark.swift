import Foundation
import TestSupport

/// How far behind the lens the live picture on a page is, in a real browser.
struct DelayBenchmark {
    private static let looks = 100

    func run() async throws {
        let clocks = try await ClockCameras.start([.init(id: "clock")])
        try await withStopping(try await Rig.start(clocks.sources, of: clocks)) { rig in
            try await rig.waitUntilBuffered(20)
            var table = Table(
                "delay: milliseconds from the camera to Chromium's <video>",
                columns: ["", "pictures", "median", "p95", "worst"]
            )
            try await withStopping(try await Browser.start()) { browser in
                let origin = "http://127.0.0.1:\(rig.client.port)"
                guard let page = URL(string: origin) else { return }
                try await browser.open(page)
                try await add("the page, part by part", nil, browser, to: &table)
                let url = "\(origin)/api/cameras/clock/live/index.m3u8"
                try await add("the playlist, by the browser itself", url, browser, to: &table)
            }
            table.show()
            print("\n  aim: under 2,000 ms on the page, under 6,000 ms with plain HLS")
        }
    }

    /// - Parameter url: what to play in place of the page; nil for the page's own picture.
    private func add(
        _ name: String,
        _ url: String?,
        _ browser: Browser,
        to table: inout Table
    ) async throws {
        let delays: [Double] = try await browser.execute(Self.script, [url ?? "", Self.looks])
        let sample = Sample(delays)
        table.add(
            name,
            [
                "\(sample.count)", sample.median.decimals(0), sample.percentile(95).decimals(0),
                sample.largest.decimals(0),
            ]
        )
    }

    /// Reads the clock in pictures as they are shown.
    private static let script =
        Browser.clockReader + """
            const [url, looks] = arguments;
            const playlist = () => {
                const video = document.createElement("video");
                video.muted = true;
                video.src = url;
                document.body.replaceChildren(video);
                return video;
            };
            const video = url ? playlist() : document.querySelector("#live video");
            const measure = async () => {
                if (url) await video.play();
                // What is caught up at the beginning is not the delay of watching.
                const begun = performance.now();
                while (performance.now() < begun + 8000) {
                    await new Promise(resolve => video.requestVideoFrameCallback(resolve));
                }
                const delays = [];
                while (delays.length < looks) {
                    await new Promise(resolve => video.requestVideoFrameCallback(resolve));
                    delays.push(Date.now() - momentIn(video));
                }
                return delays;
            };
            return Promise.race([measure(), new Promise((_, reject) =>
                setTimeout(() => reject(new Error("no pictures")), 60000))]);
            """
}
