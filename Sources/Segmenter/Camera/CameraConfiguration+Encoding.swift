extension CameraConfiguration {
    /// How video that cannot be copied becomes H.264, and what is asked of a device.
    package struct Encoding: Sendable, Hashable {
        package static let presets = [
            "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower",
            "veryslow",
        ]
        package static let crfs = 0...51
        /// Frames a second.
        package static let frameRates = 1.0...120.0

        /// What encodes; if it cannot be opened, libx264 does.
        package var encoder: VideoEncoder
        /// The speed, in x264's words: `ultrafast` … `veryslow`.
        package var preset: String
        /// The quality on x264's scale: 0 (best) … 51.
        package var crf: Int
        /// Nil for the size that the source has.
        package var size: PictureSize?
        /// Frames a second; nil for the source's own.
        package var frameRate: Double?
        /// What a V4L2 device is to send: `yuyv422`, `mjpeg`, `h264` …; nil to choose.
        package var pixelFormat: String?

        package init(
            encoder: VideoEncoder = .libx264,
            preset: String = "veryfast",
            crf: Int = 23,
            size: PictureSize? = nil,
            frameRate: Double? = nil,
            pixelFormat: String? = nil
        ) {
            self.encoder = encoder
            self.preset = preset
            self.crf = crf
            self.size = size
            self.frameRate = frameRate
            self.pixelFormat = pixelFormat
        }

        /// Whether `name` could be one of ffmpeg's names of pixel formats and codecs.
        package static func isValid(pixelFormat name: String) -> Bool {
            (1...32).contains(name.utf8.count)
                && name.utf8.allSatisfy { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                        || byte == UInt8(ascii: "_")
                }
        }
    }
}
