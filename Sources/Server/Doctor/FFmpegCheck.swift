import Segmenter

/// Is there an ffmpeg, is it recent enough?
enum FFmpegCheck {
    private static let install = "install it: sudo apt-get install ffmpeg"

    static func run(path: String?) async -> (finding: Finding, ffmpeg: FFmpeg?) {
        let ffmpeg: FFmpeg
        do {
            ffmpeg = try FFmpeg(path: path)
        } catch {
            let place = path.map { "at FFMPEG_PATH=\($0)" } ?? "on PATH"
            return (.failure("there is no ffmpeg \(place)", remedy: install), nil)
        }
        let oldest = "\(FFmpeg.oldestVersion.major).\(FFmpeg.oldestVersion.minor)"
        do {
            let version = try await ffmpeg.version()
            guard FFmpeg.isRecentEnough(version) else {
                let text = "ffmpeg \(version) at \(ffmpeg.path) is too old"
                let remedy =
                    "\(oldest) or newer is needed: upgrade the system, or set FFMPEG_PATH to a newer one"
                return (.failure(text, remedy: remedy), nil)
            }
            return (.good("ffmpeg \(version) at \(ffmpeg.path)"), ffmpeg)
        } catch {
            return (.failure("\(ffmpeg.path) does not run as ffmpeg does", remedy: install), nil)
        }
    }
}
