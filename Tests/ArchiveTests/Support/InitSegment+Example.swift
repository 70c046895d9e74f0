@testable import Segmenter

extension InitSegment {
    /// That of a camera's run.
    ///
    /// - Parameters:
    ///   - parameters: what H.264's `avcC` and its likes would hold.
    ///   - sound: the same of the sound, if there is any.
    static func example(
        _ format: String = "avc1",
        width: Int = 1920,
        height: Int = 1080,
        parameters: [UInt8] = [1],
        sound: [UInt8]? = nil
    ) -> InitSegment {
        func track(_ id: UInt32, _ kind: Track.Kind, _ format: String, _ bytes: [UInt8]) -> Track {
            Track(
                id: id,
                kind: kind,
                format: format,
                timescale: 90_000,
                shift: .zero,
                defaultDuration: 0,
                defaultFlags: 0,
                decoderParameters: bytes,
                shownSize: kind == .audio ? nil : PictureSize(width: width, height: height)
            )
        }
        let video = track(1, .video(width: width, height: height), format, parameters)
        return InitSegment(tracks: [video] + (sound.map { [track(2, .audio, "mp4a", $0)] } ?? []))
    }
}
