import Segmenter

/// Does the camera answer, and with video?
enum CameraCheck {
    static func run(_ camera: CameraConfiguration, ffmpeg: FFmpeg) async -> Finding {
        let name = "camera \(camera.id) (\(camera.source.description))"
        switch await CameraProbe.ask(camera, ffmpeg: ffmpeg) {
        case .fails(let reason):
            return .failure(
                "\(name): \(reason)",
                remedy: "see whether it plays in another program, then mend its setting"
            )
        case .sends(let input):
            let video = input.video.map { video in
                let size = video.width.flatMap { width in video.height.map { " \(width)×\($0)" } }
                let rate = video.framesPerSecond.map { " \($0) fps" }
                return video.codec + (size ?? "") + (rate ?? "")
            }
            return .good("\(name): \(video ?? "no video"), sound: \(input.audioCodec ?? "none")")
        }
    }
}
