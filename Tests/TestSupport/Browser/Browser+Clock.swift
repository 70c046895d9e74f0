extension Browser {
    /// JavaScript that defines `momentIn(video)`: when the picture of a clock camera that a video shows
    /// was taken, in milliseconds since 1970, as `ClockPicture` in `cameras/clock_picture.py` writes it.
    package static let clockReader = """
        const momentIn = (() => {
            const canvas = new OffscreenCanvas(320, 180);
            const context = canvas.getContext("2d", { willReadFrequently: true });
            return video => {
                context.drawImage(video, 0, 0, 320, 180);
                const pixels = context.getImageData(0, 0, 320, 80).data;
                let microseconds = 0;
                for (let bit = 0; bit < 56; bit++) {
                    const x = bit % 20 * 16 + 8, y = Math.floor(bit / 20) * 16 + 8;
                    microseconds = microseconds * 2 + (pixels[(y * 320 + x) * 4] > 128 ? 1 : 0);
                }
                return microseconds / 1000;
            };
        })();

        """
}
