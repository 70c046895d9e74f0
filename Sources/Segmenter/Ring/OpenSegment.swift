/// A segment that is still growing, with its file.
struct OpenSegment {
    private let run: Run
    let sequence: Int
    private let name: String
    private let gapReason: String?
    private let firstPart: Int
    private(set) var parts: [Part] = []
    /// How long its file is.
    private(set) var bytes: Int
    /// It goes on where the segment before it ended.
    private let goesOn: Bool
    /// The first frame's moment in steady time; nil until it is known.
    private var start: Timestamp?
    private var mediaStart = Duration.zero
    /// The end of the last frame shown.
    private var mediaEnd = Duration.zero
    /// Nothing is to come that is shown before this.
    private var settledEnd = Duration.zero
    private var frames = 0
    /// On the media clock.
    private var pauses: [Range<Duration>] = []

    /// The segment type box (ISO/IEC 14496-12 §8.16.2) with which a segment's file begins.
    private static let typeBox = Array("\0\0\0\u{14}stypmsdh\0\0\0\0msdh".utf8)

    /// Makes its file, which holds no media yet.
    ///
    /// - Parameters:
    ///   - number: counts the run's segments.
    ///   - firstPart: the number of its first part.
    ///   - goesOn: where the segment before it ended.
    init(
        run: Run,
        sequence: Int,
        number: Int,
        firstPart: Int,
        goesOn: Bool,
        gapReason: String?
    ) throws(SegmenterError) {
        self.run = run
        self.sequence = sequence
        self.firstPart = firstPart
        self.goesOn = goesOn
        self.gapReason = gapReason
        name = RecordingArguments.digits(number) + ".m4s"
        bytes = Self.typeBox.count
        try File.write(Self.typeBox, to: path)
    }

    var path: String { run.directory + "/" + name }

    /// The number of the part that comes next.
    var nextPart: Int { firstPart + parts.count }

    /// Writes down that the fragment now stands at the end of the file.
    ///
    /// - Parameters:
    ///   - arrivedAlone: it is not the next of what came at once with the one before it.
    ///   - pause: when nothing was taken, before its first frame; on the media clock.
    mutating func append(
        _ fragment: Fragment,
        arrivedAlone: Bool,
        pause: Range<Duration>? = nil
    ) {
        if let pause { pauses.append(pause) }
        let timing = fragment.timing
        let duration = timing.playDuration
        if arrivedAlone || parts.isEmpty {
            parts.append(
                Part(
                    number: nextPart,
                    offset: bytes,
                    length: Int(fragment.length),
                    duration: duration,
                    startsOnKeyframe: timing.startsOnKeyframe
                )
            )
        } else {
            parts[parts.count - 1].extend(length: Int(fragment.length), duration: duration)
        }
        if frames == 0 { mediaStart = timing.start }
        mediaEnd = max(mediaEnd, timing.end)
        settledEnd = min(mediaEnd, timing.decodeEnd)
        frames += timing.frameTimes.count
        bytes += Int(fragment.length)
    }

    var isEmpty: Bool { frames == 0 }

    /// Gives it its place in time, for good.
    ///
    /// - Parameter end: of the segment before it, where it goes on there.
    mutating func place(after end: Timestamp?, _ clock: RunClock) {
        start = start ?? (goesOn ? end : nil) ?? clock.wallTime(of: mediaStart)
    }

    /// As far as it has come.
    func cut(_ clock: RunClock) -> PartedSegment? {
        // At the very beginning nothing may be sure yet but the first frame.
        segment(until: max(settledEnd, mediaStart), isOpen: true, clock)
    }

    /// As it is when nothing more belongs to it.
    ///
    /// - Parameter next: the first frame of the segment that follows without a gap, if one does. Until then
    ///   the last frame is shown: of its duration ffmpeg may have known no more than a promise.
    func closed(before next: Duration?, _ clock: RunClock) -> PartedSegment? {
        segment(until: max(mediaEnd, next ?? mediaEnd), isOpen: false, clock)
    }

    private func segment(
        until mediaEnd: Duration,
        isOpen: Bool,
        _ clock: RunClock
    ) -> PartedSegment? {
        guard !isEmpty, let start, let end = clock.wallTime(of: mediaEnd) else { return nil }
        let segment = Segment(
            run: run,
            sequence: sequence,
            name: name,
            mediaStart: mediaStart,
            duration: mediaEnd - mediaStart,
            start: start,
            end: max(start, end),
            bytes: bytes,
            startsOnKeyframe: parts[0].startsOnKeyframe,
            frameInterval: (self.mediaEnd - mediaStart) / frames,
            isOpen: isOpen,
            gapReason: gapReason,
            pauses: pauses.compactMap { pause in
                guard let start = clock.wallTime(of: pause.lowerBound),
                    let end = clock.wallTime(of: pause.upperBound), start < end
                else { return nil }
                return Pause(start: start, end: end)
            }
        )
        return PartedSegment(segment: segment, parts: parts)
    }
}
