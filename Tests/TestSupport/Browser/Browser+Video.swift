package import Foundation

extension Browser {
    /// Plays a video in a page, and proves by presented pictures that it plays, seeks and plays on.
    ///
    /// - Parameters:
    ///   - videoURL: an MP4 or a playlist.
    ///   - pageOrigin: any page; its content gives way to the video.
    package func playsAndSeeks(videoURL: URL, pageOrigin: URL) async throws -> VideoPlayback {
        try await open(pageOrigin)
        return try await execute(Browser.playingScript, [videoURL.absoluteString])
    }

    private static let playingScript = """
        const [url] = arguments;
        const video = document.createElement("video");
        video.muted = true;
        let step = "load";
        let presentedFrames = 0;

        const frames = async (count) => {
            let first;
            for (let index = 0; index < count; index++) {
                const frame = await new Promise(resolve =>
                    video.requestVideoFrameCallback((_, metadata) => resolve(metadata)));
                first ??= frame;
                presentedFrames++;
            }
            return first.mediaTime;
        };
        const event = name => new Promise(resolve =>
            video.addEventListener(name, resolve, { once: true }));
        const failure = new Promise((_, reject) => {
            const fail = reason => reject(new Error(`${url}: ${reason} at step "${step}"`));
            video.addEventListener("error", () => fail(video.error.message || "error"));
            setTimeout(() => fail("no progress"), 60000);
        });

        const play = async () => {
            const firstFrames = frames(10);
            video.src = url;
            document.body.replaceChildren(video);
            step = "play";
            await video.play();
            step = "first pictures";
            const firstMediaTime = await firstFrames;

            step = "seek";
            video.pause();
            const duration = video.duration;
            const sought = event("seeked");
            video.currentTime = duration / 2;
            await sought;
            step = "pictures after the seek";
            const soughtFrames = frames(10);
            await video.play();
            const soughtMediaTime = await soughtFrames;
            video.pause();
            const { videoWidth, videoHeight } = video;
            return {
                duration, videoWidth, videoHeight, firstMediaTime, soughtMediaTime, presentedFrames
            };
        };
        return Promise.race([play(), failure]);
        """
}
