/// Sees to it that sound never holds the picture back: what is announced and does not come, or cannot be
/// read, is left out.
///
/// A value fed with ffmpeg's log and with the time, for one run after another.
struct SoundWatch: Sendable {
    enum Finding: Sendable, Hashable {
        case nothing
        /// The next run has to treat the sound as `treatment` says by now.
        case otherTreatment
        /// What was left out comes by now.
        case sound
    }

    /// How long ffmpeg may take from the description of its input to its output's header. It has waited for
    /// announced sound before the description already.
    private static let patience = Duration.seconds(2)
    /// Where the picture is encoded, the header waits for that too.
    private static let patienceWithPicture = Duration.seconds(10)

    private(set) var treatment = RecordingPlan.Sound.recorded
    /// Why it is not recorded, in plain words.
    private(set) var notice: String?

    // Of the run under way.
    private var described: (at: Duration, input: InputDescription)?
    private var hasHeader = false
    private var errors = ComplaintRate()
    private var newestError: String?
    /// A run was ended because sound had come; none has been recorded since.
    private var isTriedAgain = false

    /// Makes ready for another run.
    mutating func begin() {
        (described, hasHeader, errors, newestError) = (nil, false, ComplaintRate(), nil)
    }

    /// Takes in what the run's input is.
    mutating func add(_ input: InputDescription, at age: Duration) -> Finding {
        described = (age, input)
        guard treatment == .recorded, let codec = input.audioCodec else { return .nothing }
        return ["none", "unknown"].contains(codec)
            ? refuse("the camera's sound is in a format that ffmpeg does not know") : .nothing
    }

    /// Takes in a line of ffmpeg's log, secrets hidden.
    mutating func add(_ line: String, at age: Duration) -> Finding {
        if line.contains("[info] Output #0") {
            hasHeader = true
            if treatment == .recorded, described?.input.audioCodec != nil { isTriedAgain = false }
            return .nothing
        }
        switch treatment {
        case .recorded:
            guard Self.isError(line) else { return .nothing }
            if Self.failures.contains(where: line.contains) {
                return refuse("the camera's sound cannot be recorded", line)
            }
            if Self.unreadable.contains(where: line.contains) {
                newestError = line
                if errors.add(at: age) {
                    return refuse("the camera's sound cannot be read", line)
                }
            }
            return .nothing
        case .awaited:
            // The camera announces none any more: there is nothing to wait for.
            if line.contains("does not contain any stream") { return record() }
            // Sound that always comes late would end every run.
            guard RecordingArguments.isFirstSound(line), !isTriedAgain else { return .nothing }
            isTriedAgain = true
            _ = record()
            return .sound
        case .ignored, .refused:
            return .nothing
        }
    }

    /// Looks at the run's age.
    ///
    /// - Parameter encodesVideo: the run's header waits for the picture's encoder too.
    mutating func tick(_ age: Duration, encodesVideo: Bool) -> Finding {
        guard treatment == .recorded, !hasHeader, let described,
            described.input.audioCodec != nil, described.input.video != nil,
            age - described.at > (encodesVideo ? Self.patienceWithPicture : Self.patience)
        else { return .nothing }
        if let newestError { return refuse("the camera's sound cannot be read", newestError) }
        treatment = .awaited
        notice = "the camera announces sound but sends none: recorded without, until it comes"
        return .otherTreatment
    }

    /// Has it left out of the next run for a reason that lies in the picture.
    mutating func ignore(because reason: String) {
        treatment = .ignored
        notice = "\(reason): the sound is left out"
    }

    private mutating func refuse(_ finding: String, _ line: String? = nil) -> Finding {
        treatment = .refused
        let words = line.map { " (\(RunPlanner.message($0)))" } ?? ""
        notice = "\(finding)\(words): it is left out"
        return .otherTreatment
    }

    private mutating func record() -> Finding {
        (treatment, notice) = (.recorded, nil)
        return .otherTreatment
    }

    // MARK: - ffmpeg's words

    private static func isError(_ line: String) -> Bool {
        line.contains("[error] ") || line.contains("[fatal] ")
    }

    /// What ffmpeg 5.1 to 7 end with when they can do nothing with the input's or output's second stream, which
    /// is the sound.
    private static let failures = [
        "Decoder (codec none) not found for input stream #0:1",
        "Error while opening decoder for input stream #0:1",
        "Error while opening encoder for output stream #0:1",
    ]

    /// What tells of a packet of sound that is lost.
    private static let unreadable = [
        "Error parsing AU headers",
        "Error parsing ADTS frame header",
        "Error while decoding stream #0:1",
        "Malformed AAC bitstream",
    ]
}
