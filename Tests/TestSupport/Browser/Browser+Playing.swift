package import Foundation

/// What a browser has shown of a video from its beginning to its end.
package struct WholePlayback: Sendable, Decodable {
    package let videoWidth: Int
    package let videoHeight: Int
    /// In seconds.
    package let firstMediaTime: Double
    package let lastMediaTime: Double
    package let presentedFrames: Int
}

extension Browser {
    /// Plays a video in a page to its end, at double speed; throws at an error, and when it stands still.
    ///
    /// - Parameters:
    ///   - videoURL: an MP4 or a playlist.
    ///   - pageOrigin: any page; its content gives way to the video.
    package func playsToEnd(videoURL: URL, pageOrigin: URL) async throws -> WholePlayback {
        try await open(pageOrigin)
        return try await execute(
            """
            const [url] = arguments;
            const video = document.createElement("video");
            Object.assign(video, { muted: true, playbackRate: 2, src: url });
            const times = [];
            let shown = performance.now();
            const next = (_, metadata) => {
                times.push(metadata.mediaTime);
                shown = performance.now();
                video.requestVideoFrameCallback(next);
            };
            video.requestVideoFrameCallback(next);
            document.body.replaceChildren(video);
            await new Promise((resolve, reject) => {
                const fail = reason => reject(new Error(
                    `${url}: ${reason} after ${times.length} pictures, at ${video.currentTime}`));
                video.addEventListener("ended", resolve);
                video.addEventListener("error", () => fail(video.error.message || "error"));
                setInterval(() => performance.now() - shown > 20000 && fail("no progress"), 1000);
                video.play().catch(() => {});
            });
            const { videoWidth, videoHeight } = video;
            return {
                videoWidth, videoHeight, firstMediaTime: times[0], lastMediaTime: times.at(-1),
                presentedFrames: times.length
            };
            """,
            [videoURL.absoluteString]
        )
    }
}
