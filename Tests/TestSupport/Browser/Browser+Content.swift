package import Foundation

extension Browser {
    /// Fetches an address in the open page, which must be of the same origin.
    ///
    /// - Parameter range: such as `0-99`, `100-` or `-50`.
    package func fetch(_ url: URL, range: String? = nil) async throws -> FetchedContent {
        try await execute(
            """
            const [url, range] = arguments;
            const headers = range ? { Range: `bytes=${range}` } : {};
            const response = await fetch(url, { headers, cache: "no-store" });
            const content = await response.arrayBuffer();
            const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
            const sha256 = Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("");
            return { status: response.status, length: content.byteLength, sha256 };
            """,
            [url.absoluteString, range]
        )
    }

    /// Loads a video in the open page, paused, and seeks to one time after the other, in seconds.
    package func seek(in videoURL: URL, to times: [Double]) async throws -> [VideoSeek] {
        try await execute(
            """
            const [url, times] = arguments;
            const video = document.createElement("video");
            video.muted = true;
            const event = name => new Promise((resolve, reject) => {
                video.addEventListener(name, resolve, { once: true });
                video.addEventListener("error", () => reject(new Error(video.error.message)));
            });
            const loaded = event("loadeddata");
            video.src = url;
            document.body.replaceChildren(video);
            await loaded;
            const seeks = [];
            for (const time of times) {
                const sought = event("seeked");
                const picture = new Promise(resolve =>
                    video.requestVideoFrameCallback((_, metadata) => resolve(metadata.mediaTime)));
                video.currentTime = time;
                await sought;
                seeks.push({ currentTime: video.currentTime, mediaTime: await picture });
            }
            return seeks;
            """,
            [videoURL.absoluteString, times]
        )
    }
}
