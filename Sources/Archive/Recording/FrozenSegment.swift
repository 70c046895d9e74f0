package import Segmenter

/// A segment in a clip's folder.
package struct FrozenSegment: Sendable, Hashable, MediaFile {
    /// Its name in the clip's folder.
    package private(set) var file: String
    /// The name there of its run's initialisation segment.
    package private(set) var initFile: String
    package let run: String
    package private(set) var mediaStart: Duration
    package private(set) var duration: Duration
    package private(set) var start: Timestamp
    /// On the wall clock, as `start`; their distance need not be `duration`.
    package let end: Timestamp
    package private(set) var bytes: Int
    package let startsOnKeyframe: Bool
    /// Why it does not go on where the segment before it ended, in plain words; nil if it does, or if
    /// nobody knows.
    package var gapReason: String?
    /// What it lacks in itself.
    package var pauses: [Pause] = []
    /// By how much, at most, its times may be off, either way; nil where an earlier program kept it.
    package var accuracy: Duration?
    /// It was still growing when it was kept, and may come again, longer. Not written down: in the
    /// program's next life nothing grows on.
    package var isOpen = false

    package var mediaEnd: Duration { mediaStart + duration }

    /// Whether `next` goes on where this one ends.
    package func isFollowed(by next: FrozenSegment) -> Bool {
        run == next.run && next.gapReason == nil
            && Segment.isContinuous(from: mediaEnd, to: next.mediaStart)
    }

    /// The media time of a moment on the wall clock, by this segment's place on both.
    ///
    /// Between its ends it is interpolated; beyond them both clocks count alike.
    package func mediaTime(of moment: Timestamp) -> Duration {
        if moment >= end { return mediaEnd + (moment - end) }
        if moment <= start { return mediaStart - (start - moment) }
        return mediaStart + interpolate(duration, (moment - start) / (end - start))
    }

    /// The wall-clock moment of a media time, by the same rule.
    package func wallTime(of media: Duration) -> Timestamp {
        if media >= mediaEnd { return end + (media - mediaEnd) }
        if media <= mediaStart { return start - (mediaStart - media) }
        return start + interpolate(end - start, (media - mediaStart) / duration)
    }

    /// Loses what lies before a frame of it: its file, now of so many bytes, begins there.
    mutating func begin(at media: Duration, bytes: Int) {
        let end = mediaEnd
        (start, mediaStart) = (wallTime(of: media), media)
        duration = end - media
        self.bytes = bytes
    }

    /// Has another file, with the same picture.
    mutating func replaceFile(by name: String, bytes: Int, initFile: String) {
        (file, self.bytes, self.initFile) = (name, bytes, initFile)
    }

    /// To the microsecond: a hair less would count as the frame before.
    private func interpolate(_ interval: Duration, _ part: Double) -> Duration {
        .microseconds((interval * part).wholeMicroseconds)
    }
}

extension FrozenSegment {
    /// What is kept of a ring's segment, under these names in the clip's folder.
    init(_ segment: Segment, file: String, initFile: String) {
        self.init(
            file: file,
            initFile: initFile,
            run: segment.run.id,
            mediaStart: segment.mediaStart,
            duration: segment.duration,
            start: segment.start,
            end: segment.end,
            bytes: segment.bytes,
            startsOnKeyframe: segment.startsOnKeyframe,
            gapReason: segment.gapReason,
            pauses: segment.pauses,
            accuracy: segment.accuracy,
            isOpen: segment.isOpen
        )
    }

    /// Why there is a gap where a segment's file cannot be read.
    static let damage = "the footage was damaged on the disk"
}

extension [FrozenSegment] {
    /// All but those of these names; the next after each says what there was.
    func without(_ damaged: Set<String>) -> [FrozenSegment] {
        var isAfterDamage = false
        return reduce(into: []) { whole, segment in
            if damaged.contains(segment.file) {
                isAfterDamage = true
                return
            }
            whole.append(segment)
            if isAfterDamage { whole[whole.count - 1].gapReason = FrozenSegment.damage }
            isAfterDamage = false
        }
    }

    /// By how much, at most, the times of what a decoder can show may be off, either way; nil where nobody
    /// knows, or if there is nothing.
    var accuracy: Duration? {
        let bounds = decodable.map(\.accuracy)
        return bounds.contains(nil) ? nil : bounds.compactMap(\.self).max()
    }

    /// Those that a decoder can show: after a gap nothing can be before the next keyframe.
    var decodable: [FrozenSegment] {
        reduce(into: []) { shown, segment in
            if segment.startsOnKeyframe || shown.last?.isFollowed(by: segment) ?? false {
                shown.append(segment)
            }
        }
    }
}

extension ClipFolder {
    /// Whether a segment begins with a keyframe after which pictures may come that are made of earlier ones; not if
    /// nobody can tell.
    func beginsOpen(_ segment: FrozenSegment) -> Bool {
        (try? IndependentSegment.isOpen(file(segment.file), initPath: file(segment.initFile)))
            ?? false
    }
}

// In clip.json all of a segment's times are whole microseconds: a cut to the frame is made from them.
extension FrozenSegment: Codable {
    private enum CodingKeys: String, CodingKey {
        case file
        case initFile = "init"
        case run
        case mediaStart = "media_start_us"
        case duration = "duration_us"
        case start = "start_us"
        case end = "end_us"
        case bytes
        case startsOnKeyframe = "keyframe"
        case gapReason = "gap"
        /// Pairs of moments.
        case pauses = "pauses_us"
        case accuracy = "accuracy_us"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func microseconds(_ key: CodingKeys) throws -> Int64 {
            try container.decode(Int64.self, forKey: key)
        }
        let duration = Duration.microseconds(try microseconds(.duration))
        let start = Timestamp(microseconds: try microseconds(.start))
        // Earlier programs did not write the end.
        let end = try container.decodeIfPresent(Int64.self, forKey: .end)
        self.init(
            file: try container.decode(String.self, forKey: .file),
            initFile: try container.decode(String.self, forKey: .initFile),
            run: try container.decode(String.self, forKey: .run),
            mediaStart: .microseconds(try microseconds(.mediaStart)),
            duration: duration,
            start: start,
            end: end.map { Timestamp(microseconds: $0) } ?? start + duration,
            bytes: try container.decode(Int.self, forKey: .bytes),
            startsOnKeyframe: try container.decode(Bool.self, forKey: .startsOnKeyframe),
            gapReason: try container.decodeIfPresent(String.self, forKey: .gapReason),
            pauses: try container.decodeIfPresent([[Int64]].self, forKey: .pauses).map { pairs in
                pairs.filter { $0.count == 2 }.map { pair in
                    Pause(
                        start: Timestamp(microseconds: pair[0]),
                        end: Timestamp(microseconds: pair[1])
                    )
                }
            } ?? [],
            accuracy: try container.decodeIfPresent(Int64.self, forKey: .accuracy)
                .map(Duration.microseconds)
        )
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(initFile, forKey: .initFile)
        try container.encode(run, forKey: .run)
        try container.encode(mediaStart.wholeMicroseconds, forKey: .mediaStart)
        try container.encode(duration.wholeMicroseconds, forKey: .duration)
        try container.encode(start.microseconds, forKey: .start)
        try container.encode(end.microseconds, forKey: .end)
        try container.encode(bytes, forKey: .bytes)
        try container.encode(startsOnKeyframe, forKey: .startsOnKeyframe)
        try container.encodeIfPresent(gapReason, forKey: .gapReason)
        if !pauses.isEmpty {
            let pairs = pauses.map { [$0.start.microseconds, $0.end.microseconds] }
            try container.encode(pairs, forKey: .pauses)
        }
        try container.encodeIfPresent(accuracy?.wholeMicroseconds, forKey: .accuracy)
    }
}
