import Archive
import Segmenter
import Testing

@testable import Server

@Suite("A ring's live playlist")
struct MediaPlaylistLiveTests {
    private func playlist(
        _ edge: LiveEdge,
        _ promises: LivePromises? = nil
    ) -> MediaPlaylist {
        let complete = edge.newest.map(\.segment).filter { !$0.isOpen }
        let contents = Ring.Contents(segments: complete, discontinuities: 4, edge: edge)
        let promises = promises ?? LivePromises(of: complete, edge, segmentDuration: .seconds(2))
        var listing = LiveListing(promises)
        listing.update(edge)
        return MediaPlaylist(live: contents, listing: listing)
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

    @Test("What is longer than promised is listed in pieces; the first alone says when it was")
    func pieces() throws {
        let promises = LivePromises(targetDuration: 1, partTarget: .milliseconds(250))
        let playlist = playlist(try .example(parts: [1, 7]), promises)
        #expect(
            playlist.text.split(separator: "\n").suffix(12)
                == """
                #EXTINF:1.000000,
                run-0010.m4s
                #EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:22.000Z
                #EXT-X-PART:DURATION=0.200000,URI="run-part1.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.200000,URI="run-part2.m4s"
                #EXT-X-PART:DURATION=0.200000,URI="run-part3.m4s"
                #EXT-X-PART:DURATION=0.200000,URI="run-part4.m4s"
                #EXT-X-PART:DURATION=0.200000,URI="run-part5.m4s"
                #EXTINF:1.000000,
                run-parts1-5.m4s
                #EXT-X-PART:DURATION=0.200000,URI="run-part6.m4s"
                #EXT-X-PART:DURATION=0.200000,URI="run-part7.m4s"
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="run-part8.m4s"
                """.split(separator: "\n").suffix(12)
        )
    }

    @Test("What arrives in too long parts is listed only when it is complete, and hints at nothing")
    func longParts() throws {
        let promises = LivePromises(targetDuration: 2, partTarget: .milliseconds(250))
        let edge = try LiveEdge.example(parts: [1, 4], partDuration: .milliseconds(400))
        let playlist = playlist(edge, promises)
        #expect(playlist.entries.map(\.uri) == ["run-0010.m4s", "run-parts1-3.m4s"])
        #expect(playlist.entries.allSatisfy { $0.parts.isEmpty && !$0.isOpen })
        #expect(try #require(playlist.lowLatency).hint == nil)
    }
}
