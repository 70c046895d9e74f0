import Foundation
import TestSupport

/// How far behind the lens the live picture on a page is, in a real browser.
struct DelayBenchmark {
    private static let looks = 100

    func run() async throws {
        let clocks = try await ClockCameras.start([.init(id: "clock")])
        try await withStopping(try await Rig.start(clocks.sources, of: clocks)) { rig in
            try await rig.waitUntilBuffered(20)
            try await withStopping(try await Browser.start()) { browser in
                let origin = "http://127.0.0.1:\(rig.client.port)"
                guard let page = URL(string: origin) else { return }
                try await browser.open(page)
                let url = "\(origin)/api/cameras/clock/live/index.m3u8"
                let delays: [Double] = try await browser.execute(Self.script, [url, Self.looks])
                let sample = Sample(delays)
                var table = Table(
                    "delay: milliseconds from the camera to Chromium's <video>, plain",
                    columns: ["pictures", "median", "p95", "worst"]
                )
                table.add(
                    "\(sample.count)",
                    [
                        sample.median.decimals(0), sample.percentile(95).decimals(0),
                        sample.largest.decimals(0),
                    ]
                )
                table.show()
                print("\n  aim: under 6,000 ms; under 2,000 ms with Low-Latency HLS")
            }
        }
    }

    /// Reads what `ClockPicture` in `cameras/clock_picture.py` describes, from pictures as they are shown.
    private static let script = """
        const [url, looks] = arguments;
        const video = document.createElement("video");
        video.muted = true;
        video.src = url;
        document.body.replaceChildren(video);
        const canvas = new OffscreenCanvas(320, 180);
        const context = canvas.getContext("2d", { willReadFrequently: true });
        const moment = () => {
            context.drawImage(video, 0, 0, 320, 180);
            const pixels = context.getImageData(0, 0, 320, 80).data;
            let microseconds = 0;
            for (let bit = 0; bit < 56; bit++) {
                const x = bit % 20 * 16 + 8, y = Math.floor(bit / 20) * 16 + 8;
                microseconds = microseconds * 2 + (pixels[(y * 320 + x) * 4] > 128 ? 1 : 0);
            }
            return microseconds / 1000;
        };
        const measure = async () => {
            await video.play();
            const delays = [];
            while (delays.length < looks) {
                await new Promise(resolve => video.requestVideoFrameCallback(resolve));
                delays.push(Date.now() - moment());
            }
            return delays;
        };
        return Promise.race([measure(), new Promise((_, reject) =>
            setTimeout(() => reject(new Error("no pictures")), 60000))]);
        """
}
