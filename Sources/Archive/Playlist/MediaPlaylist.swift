package import Segmenter

/// An HLS media playlist (RFC 8216 §4.3.3) of fragmented MP4.
package struct MediaPlaylist: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// A window that slides along.
        case live
        /// Grows at its end, loses nothing.
        case event
        /// Complete: it will not change.
        case vod
    }

    package struct Entry: Sendable, Hashable {
        package let uri: String
        package let duration: Duration
        /// The first frame's moment on the wall clock.
        package let start: Timestamp
        /// The initialisation segment that it needs.
        package let initURI: String
        /// It does not go on where the entry before it ended.
        package let isDiscontinuous: Bool

        package init(
            uri: String,
            duration: Duration,
            start: Timestamp,
            initURI: String,
            isDiscontinuous: Bool
        ) {
            self.uri = uri
            self.duration = duration
            self.start = start
            self.initURI = initURI
            self.isDiscontinuous = isDiscontinuous
        }
    }

    package var kind: Kind
    package var entries: [Entry]
    /// The number of the first entry, of all that there have been.
    package var mediaSequence = 0
    /// How many discontinuities came before the first entry.
    package var discontinuitySequence = 0
    /// Where players shall begin, from the start of the first entry.
    package var startOffset: Duration?
    package var independentSegments = true

    package init(kind: Kind, entries: [Entry]) {
        self.kind = kind
        self.entries = entries
    }

    /// The playlist's text.
    package var text: String {
        // §4.3.3.1: each EXTINF, rounded to the nearest integer, must not exceed it. Chromium holds
        // the unrounded one against it, so round up.
        let longest = entries.map(\.duration.seconds).max() ?? 1
        var lines = [
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            "#EXT-X-TARGETDURATION:\(Int(longest.rounded(.up)))",
        ]
        if kind == .live { lines.append("#EXT-X-MEDIA-SEQUENCE:\(mediaSequence)") }
        if discontinuitySequence > 0 {
            lines.append("#EXT-X-DISCONTINUITY-SEQUENCE:\(discontinuitySequence)")
        }
        switch kind {
        case .live: break
        case .event: lines.append("#EXT-X-PLAYLIST-TYPE:EVENT")
        case .vod: lines.append("#EXT-X-PLAYLIST-TYPE:VOD")
        }
        if independentSegments { lines.append("#EXT-X-INDEPENDENT-SEGMENTS") }
        if let startOffset {
            lines.append("#EXT-X-START:TIME-OFFSET=\(startOffset.ffmpegSeconds),PRECISE=YES")
        }
        var initURI: String?
        for entry in entries {
            if entry.isDiscontinuous && initURI != nil { lines.append("#EXT-X-DISCONTINUITY") }
            if entry.initURI != initURI {
                lines.append("#EXT-X-MAP:URI=\"\(entry.initURI)\"")
                initURI = entry.initURI
            }
            lines.append("#EXT-X-PROGRAM-DATE-TIME:\(entry.start.iso8601)")
            lines.append("#EXTINF:\(entry.duration.ffmpegSeconds),")
            lines.append(entry.uri)
        }
        if kind == .vod { lines.append("#EXT-X-ENDLIST") }
        return lines.joined(separator: "\n") + "\n"
    }
}
