import Segmenter
import Testing

@testable import Archive

@Suite("A clip's media playlist")
struct MediaPlaylistClipTests {
    private let window = ClipWindow(start: .event + .milliseconds(500), end: .event + .seconds(9))

    private func playlist(_ segments: [FrozenSegment], isComplete: Bool = true) -> MediaPlaylist {
        MediaPlaylist(of: segments, window: window, isComplete: isComplete)
    }

    @Test("Lists whole segments, and begins within the first at the moment asked for")
    func whole() {
        let playlist = playlist([.example(1), .example(2, media: .seconds(2))])
        #expect(playlist.kind == .vod)
        #expect(playlist.entries.map(\.uri) == ["000001.m4s", "000002.m4s"])
        #expect(playlist.entries.map(\.start) == [.event, .event + .seconds(2)])
        #expect(playlist.entries.map(\.isDiscontinuous) == [false, false])
        #expect(playlist.startOffset == .milliseconds(500))
        #expect(playlist.independentSegments)
    }

    @Test("Footage that begins after the moment asked for is played from its beginning")
    func late() {
        #expect(playlist([.example(media: .seconds(1))]).startOffset == nil)
        #expect(playlist([]).startOffset == nil)
    }

    @Test("Grows while the clip is recorded")
    func event() {
        #expect(playlist([.example()], isComplete: false).kind == .event)
    }

    @Test("Lists what was still growing when it is complete, not before: an entry must not change")
    func open() {
        let segments: [FrozenSegment] = [
            .example(1), .example(2, media: .seconds(2), duration: .seconds(1), isOpen: true),
        ]
        #expect(playlist(segments, isComplete: false).entries.map(\.uri) == ["000001.m4s"])
        #expect(playlist(segments).entries.map(\.uri) == ["000001.m4s", "000002.m4s"])
    }

    @Test("Its target duration stays as it grows: what is longer has to wait until it is complete")
    func targetDuration() {
        let usual: [FrozenSegment] = [.example(1), .example(2, media: .seconds(2))]
        let long =
            usual + [
                .example(3, media: .seconds(4), duration: .milliseconds(9_300)),
                .example(4, media: .milliseconds(13_300)),
            ]
        for segments in [[], [usual[0]], usual, long] {
            let growing = playlist(segments, isComplete: false)
            #expect(growing.targetDuration == 5)
            #expect(growing.entries.count == min(segments.count, 2))
        }
        #expect(playlist(usual).targetDuration == 5)
        #expect(playlist(long).targetDuration == 10)
        #expect(playlist(long).entries.count == 4)
    }

    @Test("A clip that begins with long segments promises longer ones")
    func longSegments() {
        let segments: [FrozenSegment] = [
            .example(1, duration: .seconds(8)),
            .example(2, media: .seconds(8), duration: .milliseconds(15_900)),
        ]
        let growing = playlist(segments, isComplete: false)
        #expect(growing.targetDuration == 16 && growing.entries.count == 2)
    }

    @Test("What does not go on where the one before ended is a discontinuity, however near")
    func gap() {
        let playlist = playlist([.example(1), .example(2, media: .seconds(2), gapReason: "lost")])
        #expect(playlist.entries.map(\.isDiscontinuous) == [false, true])
    }

    @Test("Another run and a hole are discontinuities; slewed wall times are none")
    func discontinuities() {
        let playlist = playlist([
            .example(1),
            .example(2, media: .seconds(2), slew: .seconds(1)),
            .example(3, media: .seconds(6)),
            .example(4, run: "b", media: .zero, wall: .seconds(9)),
        ])
        #expect(playlist.entries.map(\.isDiscontinuous) == [false, false, true, true])
        #expect(playlist.entries.map(\.initURI).suffix(2) == ["init-a.mp4", "init-b.mp4"])
    }

    @Test("Is not called independent when a segment begins without a keyframe")
    func dependent() {
        let segments: [FrozenSegment] = [
            .example(1), .example(2, media: .seconds(2), startsOnKeyframe: false),
        ]
        #expect(!playlist(segments).independentSegments)
    }
}
