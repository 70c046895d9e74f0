import Archive
import Segmenter
import Testing

@testable import Server

@Suite("A ring's live playlist")
struct MediaPlaylistLiveTests {
    private func playlist(_ edge: LiveEdge) -> MediaPlaylist {
        let complete = edge.newest.map(\.segment).filter { !$0.isOpen }
        return MediaPlaylist(
            live: Ring.Contents(segments: complete, discontinuities: 4, edge: edge)
        )
    }

    @Test("Has the complete segments, what has come of the next, and a hint of what comes")
    func text() throws {
        let playlist = playlist(try .example(parts: [1, 2]))
        #expect(
            playlist.text == """
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:2
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.750000,HOLD-BACK=6
                #EXT-X-PART-INF:PART-TARGET=0.250000
                #EXT-X-MEDIA-SEQUENCE:10
                #EXT-X-DISCONTINUITY-SEQUENCE:4
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MAP:URI="run-init.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.000Z
                #EXT-X-PART:DURATION=0.200000,URI="run-part0.m4s",INDEPENDENT=YES
                #EXTINF:2.000000,
                run-0010.m4s
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:22.000Z
                #EXT-X-PART:DURATION=0.200000,URI="run-part1.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.200000,URI="run-part2.m4s"
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="run-part3.m4s"

                """
        )
    }

    @Test("While nothing is recorded, it hints at nothing")
    func noHint() throws {
        let playlist = playlist(try .example(parts: [1, 2], isRecorded: false))
        #expect(try #require(playlist.lowLatency).hint == nil)
    }

    @Test(
        "No part is longer than the target, which changes in steps",
        arguments: [(33, 250), (250, 250), (251, 300), (300, 300), (1000, 1000), (1001, 1050)]
    )
    func partTarget(_ longest: Int, _ target: Int) throws {
        let edge = try LiveEdge.example(parts: [1, 1], partDuration: .milliseconds(longest))
        #expect(MediaPlaylist.partTarget(of: edge) == .milliseconds(target))
    }
}
