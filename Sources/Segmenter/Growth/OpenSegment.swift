/// A segment that ffmpeg still writes.
struct OpenSegment {
    private let run: Run
    let sequence: Int
    private let name: String
    private let gapReason: String?
    private let firstPart: Int
    private(set) var parts: [Part] = []
    /// How much of its file is whole.
    private(set) var bytes = 0
    /// It goes on where the segment before it ended.
    private let goesOn: Bool
    /// The first frame's moment; nil until it is known.
    private var start: SteadyTime?
    private var mediaStart = Duration.zero
    /// The end of the last frame shown.
    private(set) var mediaEnd = Duration.zero
    /// Nothing is to come that is shown before this.
    private var settledEnd = Duration.zero
    private var frames = 0
    /// On the media clock.
    private var pauses: [Range<Duration>] = []
    private var interval = Duration.zero
    /// The worst that the clock has said of its accuracy since it began.
    private var doubt = Duration.zero

    /// What is written at once is one part up to here: after a stall it is seconds, and players are promised short
    /// parts.
    private static let longestJoined = Duration.milliseconds(250)

    /// - Parameters:
    ///   - firstPart: the number of its first part.
    ///   - goesOn: where the segment before it ended.
    init(
        run: Run,
        sequence: Int,
        name: String,
        firstPart: Int,
        goesOn: Bool,
        gapReason: String?
    ) {
        self.run = run
        self.sequence = sequence
        self.name = name
        self.firstPart = firstPart
        self.goesOn = goesOn
        self.gapReason = gapReason
    }

    /// The number of the part that comes next.
    var nextPart: Int { firstPart + parts.count }

    /// Takes in a fragment that has become whole.
    ///
    /// - Parameters:
    ///   - cameWithLast: both were written at once: they are one part, if it is short.
    ///   - pauses: when the camera took nothing, in it or right before it; on the media clock.
    ///   - usualInterval: the usual distance between two frames.
    mutating func append(
        _ fragment: Fragment,
        cameWithLast: Bool,
        pauses: [Range<Duration>],
        usualInterval: Duration
    ) {
        addPauses(pauses)
        interval = usualInterval
        let duration = fragment.timing?.playDuration ?? .zero
        let joins =
            fragment.timing == nil
            || (cameWithLast && (parts.last?.duration ?? .zero) + duration <= Self.longestJoined)
        let startsPart = parts.isEmpty || !joins
        if startsPart {
            parts.append(
                Part(
                    number: nextPart,
                    offset: Int(fragment.offset),
                    length: Int(fragment.length),
                    duration: duration,
                    startsOnKeyframe: fragment.timing?.startsOnKeyframe ?? false
                )
            )
        } else {
            parts[parts.count - 1].extend(length: Int(fragment.length), duration: duration)
        }
        bytes = Int(fragment.offset + fragment.length)
        guard let timing = fragment.timing else { return }
        if frames == 0 { mediaStart = timing.start }
        mediaEnd = max(mediaEnd, timing.end)
        settledEnd = min(mediaEnd, timing.decodeEnd)
        frames += timing.frames.count
    }

    /// Writes down when the camera took nothing; on the media clock.
    mutating func addPauses(_ pauses: [Range<Duration>]) {
        self.pauses += pauses
    }

    /// Gives it its place in time, for good.
    ///
    /// - Parameter end: of the segment before it, where it goes on there.
    mutating func place(after end: SteadyTime?, by clock: RunClock) {
        start = start ?? (goesOn ? end : nil) ?? clock.steadyTime(of: mediaStart)
        doubt = max(doubt, clock.accuracy)
    }

    /// As far as it has come.
    func cut(by clock: RunClock, at now: SteadyTime) -> SteadyPartedSegment? {
        // At the very beginning nothing may be sure yet but the first frame.
        segment(until: max(settledEnd, mediaStart), isOpen: true, by: clock, at: now)
    }

    /// As it is when nothing more belongs to it.
    ///
    /// - Parameter next: the first frame of the segment that follows without a gap, if one does. Until then
    ///   the last frame is shown: of its duration ffmpeg may have known no more than a promise.
    func closed(before next: Duration?, by clock: RunClock, at now: SteadyTime)
        -> SteadyPartedSegment?
    {
        segment(until: max(mediaEnd, next ?? mediaEnd), isOpen: false, by: clock, at: now)
    }

    private func segment(
        until mediaEnd: Duration,
        isOpen: Bool,
        by clock: RunClock,
        at now: SteadyTime
    ) -> SteadyPartedSegment? {
        guard frames > 0, let start, let end = clock.steadyTime(of: mediaEnd) else { return nil }
        let segment = SteadySegment(
            run: run,
            sequence: sequence,
            name: name,
            mediaStart: mediaStart,
            duration: mediaEnd - mediaStart,
            start: start,
            // What has come cannot be from the future, whatever the clock still believes.
            end: max(start, min(end, now)),
            bytes: bytes,
            startsOnKeyframe: parts[0].startsOnKeyframe,
            frameInterval: interval,
            isOpen: isOpen,
            gapReason: gapReason,
            pauses: pauses.compactMap { pause in
                guard let start = clock.steadyTime(of: pause.lowerBound),
                    let end = clock.steadyTime(of: pause.upperBound), start < end
                else { return nil }
                return TimedPause(start: start, end: end)
            },
            accuracy: max(doubt, clock.accuracy)
        )
        return SteadyPartedSegment(segment: segment, parts: parts)
    }
}
