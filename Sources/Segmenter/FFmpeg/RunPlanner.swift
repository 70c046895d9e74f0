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
        /// There is more to record than it was begun with: end it, the next one at once takes that up.
        case change(reason: String)
        /// The stream has changed under way: end it, the next one takes it up as it is now.
        case restart(reason: String)
    }

    /// What the recording has shown of the camera that ffmpeg's log doesn't say.
    enum Finding: Sendable, Hashable {
        /// The timestamps count so many seconds for each second of the world.
        ///
        /// - Parameter hasBFrames: the frames arrive in another order than they are shown in.
        case wrongPace(ratio: Double, hasBFrames: Bool = false)
        /// By their timestamps sound and picture of the same moment are so far apart.
        case soundOutOfStep(by: Duration)
    }

    /// A run that goes astray so soon was not put right by starting anew.
    private static let youth = Duration.seconds(60)

    private let source: CameraSource
    private let encoding: CameraConfiguration.Encoding
    private var lessons = RecordingPlan.Lessons()
    /// What the source last said it sends: the next run needs no guess.
    private(set) var input: InputDescription?
    private(set) var plan: RecordingPlan
    private var sound = SoundWatch()
    /// What an HTTP source's first bytes showed.
    private var beginning: StreamBeginning?
    /// What the pictures have become under way, if that is another size: the next run's.
    private var newSize: PictureSize?
    private var encoderNotice: String?
    private var otherNotices: [String] = []

    // What the run under way has told.
    private var described = false
    private var firstComplaint: String?
    /// Nothing was known of the video when ffmpeg had waited for it.
    private var hasLateVideo = false
    /// Video came that cannot be decoded yet.
    private var hasUnreadableVideo = false
    private var metHugePicture = false
    private var disorder = ComplaintRate()
    private var garbage = ComplaintRate()
    /// An earlier run's timestamps went astray too.
    private var wasDisorderly = false
    /// A run was ended because sound had appeared.
    private var metNewSound = false

    /// Where recording differs from what was asked for, and why; in plain words, without secrets.
    var notices: [String] {
        (plan.video == .encode ? encoderNotice.map { [$0] } ?? [] : []) + otherNotices
            + (sound.notice.map { [$0] } ?? [])
            + (sizeNotice.map { [$0] } ?? [])
    }

    /// How many frames ffmpeg's reader holds back before it hands one on.
    var heldFrames: Int {
        HeldFrames.count(
            of: input,
            from: source,
            framesHaveLengths: !plan.lessons.readsBareJPEG
        )
    }

    /// Whether a look at the source's first bytes may spare a run: of the first, and of one after a run
    /// that could not make anything of them.
    var wantsBeginning: Bool {
        guard case .http = source else { return false }
        return !described
    }

    init(for camera: CameraConfiguration) {
        source = camera.source
        encoding = camera.encoding
        plan = RecordingPlan(guessing: camera.source)
        lessons.inputFormat = camera.encoding.pixelFormat
        plan.lessons = lessons
    }

    /// Takes in what a look at the source's first bytes gave.
    mutating func learn(_ beginning: StreamBeginning) {
        self.beginning = beginning
        switch beginning {
        case .pictures(let pictures): lessons.readsBareJPEG = !pictures.haveLengths
        case .other: lessons.readsBareJPEG = false
        }
    }

    /// Makes ready for another run.
    ///
    /// - Parameter formats: what a V4L2 device says it can send; nil for other sources.
    mutating func begin(formats: V4L2Formats? = nil) {
        if let formats, encoding.pixelFormat == nil {
            lessons.inputFormat = formats.choice(for: encoding.size)
        }
        if let newSize {
            input?.video?.width = newSize.width
            input?.video?.height = newSize.height
            self.newSize = nil
        }
        (described, firstComplaint) = (false, nil)
        (hasLateVideo, hasUnreadableVideo) = (false, false)
        (disorder, garbage) = (ComplaintRate(), ComplaintRate())
        sound.begin()
        metHugePicture = false
        plan = makePlan()
    }

    private func makePlan() -> RecordingPlan {
        var plan =
            input.map { RecordingPlan(for: $0, from: source) }
            ?? beginning.map { RecordingPlan(from: $0) } ?? RecordingPlan(guessing: source)
        // Where there is no sound, none of it is a reason to differ from the guess.
        if let beginning, let input, input.audioCodec == nil {
            plan.audio = RecordingPlan(from: beginning).audio
        }
        if case .usb = source, input == nil, lessons.inputFormat == "h264" { plan.video = .copy }
        var lessons = lessons
        lessons.sound = sound.treatment
        return plan.following(lessons)
    }

    /// Takes in a line of ffmpeg's log, secrets hidden.
    ///
    /// - Parameters:
    ///   - found: the input's description, if this line completes it.
    ///   - age: how long the run has lived.
    mutating func take(_ line: String, found: InputDescription?, age: Duration) -> Verdict {
        let finding = sound.add(line, at: age)
        if let found {
            input = found
            described = true
            if let verdict = verdictOnPictures(found) { return verdict }
            if found.audioCodec != nil { metNewSound = false }
            if hasLateVideo { learnLateVideo(besideSound: found.audioCodec != nil) }
            _ = sound.add(found, at: age)
            return found.video != nil && change() ? .replan : .goOn
        }
        switch finding {
        case .nothing: break
        case .otherTreatment: return learned()
        case .sound:
            // Its profile could not be seen before; that it says how to decode it is usual.
            if input?.audioProfile == nil { input?.audioProfile = "LC" }
            return .change(reason: Self.newSound)
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
        if line.contains("non-existing PPS") { hasUnreadableVideo = true }
        if meansLateVideo(line) { hasLateVideo = true }
        if line.contains("Option live_start_index not found") {
            // It is no playlist any more.
            input = nil
            return learned()
        }
        if plan.video == .copy { return takeOfCopy(line, age) }
        return takeOfPictures(line)
    }

    /// Looks at how old the run under way is: what is announced may not have come.
    mutating func tick(age: Duration) -> Verdict {
        let finding = sound.tick(age, encodesVideo: plan.video == .encode)
        return finding == .otherTreatment ? learned() : .goOn
    }

    /// Learns from what the recording has shown; tells whether the next run has to be another.
    mutating func learn(_ finding: Finding) -> Verdict {
        switch finding {
        case .wrongPace(let ratio, let hasBFrames):
            return learnPace(ratio, hasBFrames)
        case .soundOutOfStep(let distance):
            let tenths = Double(Int(distance.seconds * 10)) / 10
            sound.ignore(because: "the camera's sound and picture are \(tenths) s apart")
            return learned()
        }
    }

    private mutating func learnPace(_ ratio: Double, _ hasBFrames: Bool) -> Verdict {
        let finding = "the camera's timestamps run \(Self.factor(ratio)) times as fast as time"
        // Frames that arrive in the order of decoding would be shown in it.
        guard hasBFrames, plan.video == .copy, ratio > 0 else { return learnStamps(finding) }
        guard !lessons.stampsPackets else { return .goOn }
        guard lessons.timeScale == nil else {
            lessons.encodesVideo = true
            return learnStamps(finding)
        }
        lessons.timeScale = 1 / ratio
        otherNotices.append("\(finding): they are corrected by that")
        return learned()
    }

    /// To two digits that count: `1.4`, `0.7`, `0.011`, `11`.
    private static func factor(_ ratio: Double) -> String {
        guard ratio > 0, ratio < 10 else { return "\(Int(min(max(ratio, 0), 1e9).rounded()))" }
        var scale = 10.0
        while ratio * scale < 10, scale < 1e6 { scale *= 10 }
        return "\((ratio * scale).rounded() / scale)"
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

    // MARK: - The pictures

    private mutating func takeOfPictures(_ line: String) -> Verdict {
        // All that this reader complains of is how the pictures are put into the stream.
        if line.contains("[mpjpeg @"), line.contains("[error] "), !lessons.readsBareJPEG {
            lessons.readsBareJPEG = true
            return learned()
        }
        if line.contains("exceeds specified max pixel count") { metHugePicture = true }
        // `filter context - w: 320 h: 180 fmt: 12, incoming frame - w: 640 h: 360 fmt: 12 …`: with each
        // picture that is not as the run's first was.
        if let range = line.firstRange(of: "incoming frame - w: ") {
            let words = line[range.upperBound...].split(separator: " ")
            if words.count > 2, let width = Int(words[0]), let height = Int(words[2]) {
                let size = PictureSize(width: width, height: height)
                newSize = size == plan.pictureSize ? nil : size
            }
        }
        return takeOfSound(line)
    }

    /// Ends a run of pictures that cannot be decoded.
    private mutating func verdictOnPictures(_ found: InputDescription) -> Verdict? {
        guard plan.video == .encode, found.video?.codec == "mjpeg", found.video?.width == nil
        else { return nil }
        if metHugePicture {
            input = nil
            return .restart(
                reason: "the camera's pictures have more than 40 million pixels: "
                    + "set a smaller size in the camera"
            )
        }
        guard lessons.readsBareJPEG else { return nil }
        // The next run looks at what comes now.
        (input, described, lessons.readsBareJPEG) = (nil, false, false)
        return .restart(reason: "what arrives is no longer Motion JPEG: starting it again")
    }

    private var sizeNotice: String? {
        guard let newSize, let old = plan.pictureSize else { return nil }
        return "the camera sends \(newSize.width)×\(newSize.height) now, "
            + "recorded as \(old.width)×\(old.height) until its next start"
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
        lessons.timeScale = nil
        otherNotices.append(
            "\(finding): each frame gets the moment of its arrival, so motion may look uneven"
        )
        return learned()
    }

    private static let newSound = "the camera sends sound now: starting it again"

    /// What is known of the video when only sound has come so far.
    private func meansLateVideo(_ line: String) -> Bool {
        !lessons.awaitsVideo && line.contains("Could not find codec parameters")
            && line.contains("(Video: ") && line.contains("unspecified size")
    }

    private mutating func learnLateVideo(besideSound: Bool) {
        lessons.awaitsVideo = true
        // RTP's tracks each begin anywhere, and ffmpeg lets each begin at zero. But what comes may be video that
        // only says with its next keyframe how it is decoded.
        guard besideSound, !hasUnreadableVideo, case .rtsp = source else { return }
        sound.ignore(because: "the camera's video begins long after its sound")
    }

    /// MPEG-TS and HLS tell of a stream that appears; ffmpeg itself never takes it up.
    private mutating func takeOfSound(_ line: String) -> Verdict {
        guard line.contains("New audio stream"), described, input?.audioCodec == nil, !metNewSound
        else { return .goOn }
        // Once: sound that always comes late would end every run.
        metNewSound = true
        return .change(reason: Self.newSound)
    }
}
