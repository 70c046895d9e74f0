import Segmenter
import Testing

@testable import Archive

@Suite("Media playlist (RFC 8216)")
struct MediaPlaylistTests {
    private func entry(
        _ number: Int,
        _ duration: Duration = .seconds(2),
        map: String = "init-1.mp4",
        isDiscontinuous: Bool = false
    ) -> MediaPlaylist.Entry {
        MediaPlaylist.Entry(
            uri: "00000\(number).m4s",
            duration: duration,
            start: .event + .seconds(2 * (number - 1)),
            initURI: map,
            isDiscontinuous: isDiscontinuous
        )
    }

    @Test("A finished clip's is VOD, complete, and begins where it was asked to")
    func vod() {
        var playlist = MediaPlaylist(
            kind: .vod,
            entries: [entry(1), entry(2, .microseconds(1_960_001))]
        )
        playlist.startOffset = .milliseconds(730)
        #expect(
            playlist.text == """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:2
                #EXT-X-PLAYLIST-TYPE:VOD
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-START:TIME-OFFSET=0.730000,PRECISE=YES
                #EXT-X-MAP:URI="init-1.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z
                #EXTINF:2.000000,
                000001.m4s
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:22.000Z
                #EXTINF:1.960001,
                000002.m4s
                #EXT-X-ENDLIST

                """
        )
    }

    @Test("A recording clip's is EVENT and open at its end; another run brings its own map")
    func event() {
        let entries = [entry(1), entry(2, map: "init-2.mp4", isDiscontinuous: true)]
        var playlist = MediaPlaylist(kind: .event, entries: entries)
        playlist.independentSegments = false
        #expect(
            playlist.text == """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:2
                #EXT-X-PLAYLIST-TYPE:EVENT
                #EXT-X-MAP:URI="init-1.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z
                #EXTINF:2.000000,
                000001.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-MAP:URI="init-2.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:22.000Z
                #EXTINF:2.000000,
                000002.m4s

                """
        )
    }

    @Test("A live one numbers its entries and the discontinuities that have slid out of it")
    func live() {
        // The first one's discontinuity is counted, not written.
        var playlist = MediaPlaylist(kind: .live, entries: [entry(1, isDiscontinuous: true)])
        playlist.mediaSequence = 4711
        playlist.discontinuitySequence = 3
        #expect(
            playlist.text == """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:2
                #EXT-X-MEDIA-SEQUENCE:4711
                #EXT-X-DISCONTINUITY-SEQUENCE:3
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MAP:URI="init-1.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z
                #EXTINF:2.000000,
                000001.m4s

                """
        )
    }

    @Test("A hole within one run is a discontinuity that keeps the map")
    func hole() {
        let playlist = MediaPlaylist(
            kind: .vod,
            entries: [entry(1), entry(2, isDiscontinuous: true)]
        )
        let lines = playlist.text.split(separator: "\n")
        #expect(lines.filter { $0 == "#EXT-X-DISCONTINUITY" }.count == 1)
        #expect(lines.filter { $0.hasPrefix("#EXT-X-MAP") }.count == 1)
    }

    @Test("One of low latency lists parts, those of the segment that grows too, and the next one")
    func lowLatency() {
        func part(_ name: String, isIndependent: Bool = false) -> MediaPlaylist.Part {
            MediaPlaylist.Part(
                uri: name + ".m4s",
                duration: .milliseconds(200),
                isIndependent: isIndependent
            )
        }
        let growing = MediaPlaylist.Entry(
            uri: "unused",
            duration: .milliseconds(200),
            start: .event + .seconds(2),
            initURI: "init-2.mp4",
            isDiscontinuous: true,
            parts: [part("part2", isIndependent: true)],
            isOpen: true
        )
        let complete = MediaPlaylist.Entry(
            uri: "000001.m4s",
            duration: .seconds(2),
            start: .event,
            initURI: "init-1.mp4",
            isDiscontinuous: false,
            parts: [part("part0", isIndependent: true), part("part1")]
        )
        var playlist = MediaPlaylist(kind: .live, entries: [complete, growing])
        playlist.lowLatency = .init(partTarget: .milliseconds(250), hint: "part3.m4s")
        #expect(
            playlist.text == """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:2
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.750000,HOLD-BACK=6
                #EXT-X-PART-INF:PART-TARGET=0.250000
                #EXT-X-MEDIA-SEQUENCE:0
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MAP:URI="init-1.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z
                #EXT-X-PART:DURATION=0.200000,URI="part0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.200000,URI="part1.m4s"
                #EXTINF:2.000000,
                000001.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-MAP:URI="init-2.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:22.000Z
                #EXT-X-PART:DURATION=0.200000,URI="part2.m4s",INDEPENDENT=YES
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="part3.m4s"

                """
        )
    }

    @Test("Without entries it is still a playlist")
    func empty() {
        #expect(
            MediaPlaylist(kind: .vod, entries: []).text == """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:1
                #EXT-X-PLAYLIST-TYPE:VOD
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-ENDLIST

                """
        )
    }

    @Test(
        "No EXTINF exceeds the target duration (§4.3.3.1), not even unrounded",
        arguments: [
            (1, 1), (999_999, 1), (1_000_000, 1), (1_000_001, 2), (2_040_000, 3), (2_500_000, 3),
            (9_999_999, 10),
        ]
    )
    func targetDuration(_ microseconds: Int64, _ target: Int) {
        let playlist = MediaPlaylist(
            kind: .vod,
            entries: [entry(1, .microseconds(1)), entry(2, .microseconds(microseconds))]
        )
        #expect(playlist.text.contains("#EXT-X-TARGETDURATION:\(target)\n"))
    }
}
