import Testing

@testable import Segmenter

@Suite("Track")
struct TrackTests {
    @Test(
        "Names the codec as ffmpeg does",
        arguments: [
            ("avc1", "h264"), ("avc3", "h264"), ("hvc1", "hevc"), ("hev1", "hevc"),
            ("av01", "av1"), ("mp4a", "aac"), ("ac-3", "ac3"), ("ec-3", "eac3"),
            (".mp3", "mp3"), ("Opus", "opus"),
        ]
    )
    func codec(_ format: String, _ codec: String) {
        let track = Track(
            id: 1,
            kind: .audio,
            format: format,
            timescale: 48_000,
            shift: .zero,
            defaultDuration: 0,
            defaultFlags: 0
        )
        #expect(track.codec == codec)
    }
}
