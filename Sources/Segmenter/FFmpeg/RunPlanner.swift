/// Decides how a camera's next run is recorded, by what the source is and what earlier runs wrote.
///
/// A value fed with ffmpeg's log; it neither starts nor ends anything itself.
struct RunPlanner: Sendable {
    /// What a line of the log means for the run that wrote it.
    enum Verdict: Sendable, Hashable {
        /// Nothing: it goes on.
        case goOn
        /// It cannot record the camera as it is: end it, the next one at once follows `plan`.
        case replan
        /// The stream has changed under way: end it, the next one takes it up as it is now.
        case restart(reason: String)
    }

    /// A run that goes astray so soon was not put right by starting anew.
    private static let youth = Duration.seconds(60)

    private let source: CameraSource
    private let encoding: CameraConfiguration.Encoding
    private var lessons = RecordingPlan.Lessons()
    /// What the source last said it sends: the next run needs no guess.
    private(set) var input: InputDescription?
    private(set) var plan: RecordingPlan
    private var encoderNotice: String?
    private var otherNotices: [String] = []

    // What the run under way has told.
    private var described = false
    private var firstComplaint: String?
    private var disorder = ComplaintRate()
    private var garbage = ComplaintRate()
    /// An earlier run's timestamps went astray too.
    private var wasDisorderly = false
    /// A run was ended because sound had appeared.
    private var metNewSound = false

    /// Where recording differs from what was asked for, and why; in plain words, without secrets.
    var notices: [String] {
        (plan.video == .encode ? encoderNotice.map { [$0] } ?? [] : []) + otherNotices
    }

    init(for camera: CameraConfiguration) {
        source = camera.source
        encoding = camera.encoding
        plan = RecordingPlan(guessing: camera.source)
        lessons.inputFormat = camera.encoding.pixelFormat
        plan.lessons = lessons
    }

    /// Makes ready for another run.
    ///
    /// - Parameter formats: what a V4L2 device says it can send; nil for other sources.
    mutating func begin(formats: V4L2Formats? = nil) {
        if let formats, encoding.pixelFormat == nil {
            lessons.inputFormat = formats.choice(for: encoding.size)
        }
        (described, firstComplaint) = (false, nil)
        (disorder, garbage) = (ComplaintRate(), ComplaintRate())
        plan = makePlan()
    }

    private func makePlan() -> RecordingPlan {
        var plan =
            input.map { RecordingPlan(for: $0, from: source) } ?? RecordingPlan(guessing: source)
        if case .usb = source, input == nil, lessons.inputFormat == "h264" { plan.video = .copy }
        plan.lessons = lessons
        return plan
    }

    /// Takes in a line of ffmpeg's log, secrets hidden.
    ///
    /// - Parameters:
    ///   - found: the input's description, if this line completes it.
    ///   - age: how long the run has lived.
    mutating func take(_ line: String, found: InputDescription?, age: Duration) -> Verdict {
        if let found {
            input = found
            described = true
            if found.audioCodec != nil { metNewSound = false }
            return found.video != nil && change() ? .replan : .goOn
        }
        if firstComplaint == nil, line.contains("[error] ") || line.contains("[fatal] ") {
            firstComplaint = Self.message(line)
        }
        if meansBrokenEncoder(line) { return learnEncoder() }
        if meansNoTCP(line) {
            lessons.usesUDP = true
            otherNotices.append(
                "the camera sends RTSP over UDP only, where packets can get lost: "
                    + "allow TCP in its settings if it has that"
            )
            return learned()
        }
        if plan.video == .copy { return takeOfCopy(line, age) }
        return takeOfSound(line)
    }

    /// Whether the plan is another one by now; takes it up.
    private mutating func change() -> Bool {
        let next = makePlan()
        defer { plan = next }
        return next != plan
    }

    private mutating func learned() -> Verdict {
        change() ? .replan : .goOn
    }

    /// The words after a line's context and level.
    static func message(_ line: String) -> String {
        for level in ["[error] ", "[fatal] ", "[warning] ", "[info] "] {
            if let range = line.firstRange(of: level) { return String(line[range.upperBound...]) }
        }
        return line
    }

    // MARK: - The encoder

    /// What ffmpeg 5.1 to 7 write when an encoder or its device cannot be used.
    private static let encoderFailures = [
        "Error while opening encoder",
        "Unknown encoder '",
        "Device creation failed",
        "Failed to set value 'vaapi=encoder'",
        "A hardware device reference is required",
        "Video encoding failed",
        "Error submitting video frame to the encoder",
        "Error submitting a frame for encoding",
    ]

    private func meansBrokenEncoder(_ line: String) -> Bool {
        plan.video == .encode && lessons.encoder == nil && encoding.encoder != .libx264
            && Self.encoderFailures.contains { line.contains($0) }
    }

    private mutating func learnEncoder() -> Verdict {
        lessons.encoder = .libx264
        encoderNotice =
            "\(encoding.encoder.rawValue) cannot be used (\(firstComplaint ?? "no reason given")): "
            + "libx264 encodes instead, which costs CPU"
        return learned()
    }

    // MARK: - The transport

    /// RTSP's status 461, Unsupported Transport (RFC 7826 §17.4.25).
    private func meansNoTCP(_ line: String) -> Bool {
        guard case .rtsp = source, !lessons.usesUDP else { return false }
        return line.contains("SETUP failed: 461") || line.contains("Nonmatching transport")
    }

    // MARK: - The stream

    private mutating func takeOfCopy(_ line: String, _ age: Duration) -> Verdict {
        if meansNoTimestamps(line) {
            return learnStamps("the camera's video has no timestamps")
        }
        if line.contains("Non-monoton"), !lessons.stampsPackets, source.isLive,
            disorder.add(at: age)
        {
            if wasDisorderly, age < Self.youth {
                return learnStamps("the camera's timestamps are out of order")
            }
            wasDisorderly = true
            return .restart(reason: "the camera's timestamps jumped back: starting it again")
        }
        if meansOtherVideo(line), garbage.add(at: age) {
            input = nil
            return .restart(
                reason: "what arrives is no longer the video that it was: starting it again"
            )
        }
        return takeOfSound(line)
    }

    /// One such line is usual: an RTSP camera's first packet often has no timestamp.
    ///
    /// Only where ffmpeg found none while it looked at the stream are they missing for good. It then
    /// guesses the frame rate, and the recording's time runs as wrong as that guess. RTP has no
    /// packets without.
    private func meansNoTimestamps(_ line: String) -> Bool {
        guard case .http = source, line.contains("Timestamps are unset in a packet") else {
            return false
        }
        return described && input?.hasTimestamps == false && input?.video?.width != nil
    }

    /// What ffmpeg's parser says of H.265 that it takes for H.264, or the other way round.
    private func meansOtherVideo(_ line: String) -> Bool {
        guard described, line.contains("[error] ") else { return false }
        return line.contains("missing picture in access unit") || line.contains("out of range")
            || line.contains("Invalid NAL unit size")
    }

    private mutating func learnStamps(_ finding: String) -> Verdict {
        guard !lessons.stampsPackets else { return .goOn }
        lessons.stampsPackets = true
        otherNotices.append(
            "\(finding): each frame gets the moment of its arrival, so motion may look uneven"
        )
        return learned()
    }

    /// MPEG-TS and HLS tell of a stream that appears; ffmpeg itself never takes it up.
    private mutating func takeOfSound(_ line: String) -> Verdict {
        guard line.contains("New audio stream"), described, input?.audioCodec == nil, !metNewSound
        else { return .goOn }
        // Once: sound that always comes late would end every run.
        metNewSound = true
        return .restart(reason: "the camera sends sound now: starting it again")
    }
}
