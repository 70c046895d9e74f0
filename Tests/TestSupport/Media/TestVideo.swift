package import Foundation

/// A recipe for a small media file with a moving test pattern, made by ffmpeg.
package struct TestVideo: Sendable {
    package enum VideoCodec: String, Sendable {
        case h264 = "libx264"
        case h265 = "libx265"
        case av1 = "libsvtav1"
        case mjpeg
    }

    package enum AudioCodec: String, Sendable {
        case aac
        /// G.711.
        case alaw = "pcm_alaw"
    }

    package var video: VideoCodec
    package var audio: AudioCodec?
    package var seconds: Double
    /// Width and height, as ffmpeg writes them.
    package var size: String
    package var rate: Int
    /// In frames.
    package var keyframeInterval: Int
    package var bFrames: Int

    package init(
        video: VideoCodec = .h264,
        audio: AudioCodec? = nil,
        seconds: Double = 4,
        size: String = "320x180",
        rate: Int = 25,
        keyframeInterval: Int = 50,
        bFrames: Int = 0
    ) {
        self.video = video
        self.audio = audio
        self.seconds = seconds
        self.size = size
        self.rate = rate
        self.keyframeInterval = keyframeInterval
        self.bFrames = bFrames
    }

    /// Makes the file; its name's ending chooses the container.
    ///
    /// - Parameter options: ffmpeg's, for the output.
    package func write(to file: URL, options: [String] = []) async throws {
        var arguments = ["-v", "error", "-nostdin", "-y", "-f", "lavfi"]
        arguments += ["-i", "testsrc2=size=\(size):rate=\(rate):duration=\(seconds)"]
        if let audio {
            let sampleRate = audio == .aac ? 48_000 : 8_000
            arguments += ["-f", "lavfi"]
            arguments += ["-i", "sine=frequency=440:sample_rate=\(sampleRate):duration=\(seconds)"]
            arguments += ["-c:a", audio.rawValue]
        }
        arguments += ["-c:v", video.rawValue] + videoOptions + options + [file.path]
        try await ChildProcess.check("ffmpeg", arguments, timeout: .seconds(120))
    }

    private var videoOptions: [String] {
        let common = ["-pix_fmt", "yuv420p", "-g", "\(keyframeInterval)"]
        switch video {
        case .h264:
            return common + ["-preset", "ultrafast", "-sc_threshold", "0", "-bf", "\(bFrames)"]
        case .h265:
            let parameters = "scenecut=0:bframes=\(bFrames):log-level=error"
            return common + ["-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params", parameters]
        case .av1:
            return common + ["-preset", "12"]
        case .mjpeg:
            return ["-pix_fmt", "yuvj420p", "-q:v", "5"]
        }
    }
}
