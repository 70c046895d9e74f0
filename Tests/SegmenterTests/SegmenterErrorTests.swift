import Glibc
import Testing

@testable import Segmenter

@Suite("Segmenter error")
struct SegmenterErrorTests {
    @Test(
        "Is told in plain words",
        arguments: [
            (.system(call: "open", errno: ENOENT), "open: No such file or directory"),
            (
                .system(call: "inotify_init1", errno: EMFILE),
                "this user watches too many folders already: raise fs.inotify.max_user_instances"
            ),
            (.ffmpegMissing(path: "/usr/bin/ffmpeg"), "ffmpeg is not installed"),
            (.ffmpegFailed(reason: "the stream ended"), "the stream ended"),
            (.malformedMedia("a timescale of zero"), "a timescale of zero"),
        ] as [(SegmenterError, String)]
    )
    func description(_ error: SegmenterError, _ expected: String) {
        #expect("\(error)" == expected)
    }
}
