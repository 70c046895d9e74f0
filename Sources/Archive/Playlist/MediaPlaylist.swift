package import Segmenter

/// An HLS media playlist (RFC 8216 §4.3.3) of fragmented MP4, of low latency where that is asked for
/// (draft-pantos-hls-rfc8216bis, "bis" for short).
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
        /// The first frame's moment on the wall clock; nil where it begins where the entry before it ends.
        package let start: Timestamp?
        /// The initialisation segment that it needs.
        package let initURI: String
        /// It does not go on where the entry before it ended.
        package let isDiscontinuous: Bool
        /// What it consists of, in order; none for players that shall take it as a whole.
        package let parts: [Part]
        /// It is still growing: its parts alone are there. Only a playlist's last one can be.
        package let isOpen: Bool

        package init(
            uri: String,
            duration: Duration,
            start: Timestamp?,
            initURI: String,
            isDiscontinuous: Bool,
            parts: [Part] = [],
            isOpen: Bool = false
        ) {
            self.uri = uri
            self.duration = duration
            self.start = start
            self.initURI = initURI
            self.isDiscontinuous = isDiscontinuous
            self.parts = parts
            self.isOpen = isOpen
        }
    }

    /// A partial segment (bis §4.4.4.9).
    package struct Part: Sendable, Hashable {
        package let uri: String
        package let duration: Duration
        /// It begins with a keyframe.
        package let isIndependent: Bool

        package init(uri: String, duration: Duration, isIndependent: Bool) {
            self.uri = uri
            self.duration = duration
            self.isIndependent = isIndependent
        }
    }

    /// What players need to know to follow the parts.
    package struct LowLatency: Sendable, Hashable {
        /// No part is longer.
        package let partTarget: Duration
        /// The part that comes next; nil if none can come.
        package let hint: String?

        package init(partTarget: Duration, hint: String?) {
            self.partTarget = partTarget
            self.hint = hint
        }
    }

    package var kind: Kind
    /// Seconds. It stays the same for as long as the playlist grows (§6.2.1).
    package let targetDuration: Int
    package var entries: [Entry]
    /// The number of the first entry, of all that there have been.
    package var mediaSequence = 0
    /// How many discontinuities came before the first entry.
    package var discontinuitySequence = 0
    /// Where players shall begin, from the start of the first entry.
    package var startOffset: Duration?
    package var independentSegments = true
    package var lowLatency: LowLatency?

    /// - Parameter targetDuration: what no entry that is ever listed exceeds; nil: what none of these does.
    package init(kind: Kind, entries: [Entry], targetDuration: Int? = nil) {
        self.kind = kind
        self.entries = entries
        self.targetDuration = targetDuration ?? Self.targetDuration(of: entries.map(\.duration))
    }

    /// Whole seconds that none of these exceeds.
    ///
    /// §4.3.3.1: no EXTINF, rounded to the nearest integer, may. Chromium holds the unrounded one
    /// against it, so round up.
    static func targetDuration(of durations: [Duration]) -> Int {
        Int((durations.map(\.seconds).max() ?? 1).rounded(.up))
    }

    /// The playlist's text.
    package var text: String {
        var lines = [
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            "#EXT-X-TARGETDURATION:\(targetDuration)",
        ]
        if let lowLatency {
            // bis §4.4.3.8: no less than three target durations, of parts and of segments.
            let hold = (lowLatency.partTarget * 3).ffmpegSeconds
            lines += [
                "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=\(hold),"
                    + "HOLD-BACK=\(3 * targetDuration)",
                "#EXT-X-PART-INF:PART-TARGET=\(lowLatency.partTarget.ffmpegSeconds)",
            ]
        }
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
            if let start = entry.start {
                lines.append("#EXT-X-PROGRAM-DATE-TIME:\(start.iso8601)")
            }
            lines += entry.parts.map(Self.line)
            if entry.isOpen { continue }
            lines.append("#EXTINF:\(entry.duration.ffmpegSeconds),")
            lines.append(entry.uri)
        }
        if let hint = lowLatency?.hint {
            lines.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"\(hint)\"")
        }
        if kind == .vod { lines.append("#EXT-X-ENDLIST") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ part: Part) -> String {
        "#EXT-X-PART:DURATION=\(part.duration.ffmpegSeconds),URI=\"\(part.uri)\""
            + (part.isIndependent ? ",INDEPENDENT=YES" : "")
    }
}
