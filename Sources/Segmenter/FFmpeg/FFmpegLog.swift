/// Reads ffmpeg's log (`-loglevel level+info`): what the input is, and why it failed.
struct FFmpegLog: Sendable {
    private static let memory = 12

    /// What may take the place of the lines that follow the input's description.
    private static let outputFailures = [
        "Error initializing", "Could not write header", "Error opening output",
    ]

    private let secrets: Secrets
    private var parser = InputLogParser()
    private var complaints: [String] = []

    init(secrets: Secrets) {
        self.secrets = secrets
    }

    /// Takes in a line; gives back the input's description once that is complete.
    mutating func add(_ line: String) -> InputDescription? {
        // A context such as "[hls @ 0x5581] " may precede the level.
        for level in ["[error] ", "[fatal] ", "[panic] "] {
            if let range = line.firstRange(of: level) {
                let complaint = line[range.upperBound...]
                // ffmpeg ends some of its complaints with an empty one.
                guard !complaint.isEmpty else { return nil }
                complaints.append(secrets.redact(String(complaint)))
                if complaints.count > Self.memory { complaints.removeFirst() }
                return Self.outputFailures.contains { complaint.contains($0) }
                    ? parser.finish() : nil
            }
        }
        guard let range = line.firstRange(of: "[info] ") else { return nil }
        return parser.add(line[range.upperBound...])
    }

    /// Why ffmpeg ended, in plain words.
    func reason(_ status: ExitStatus) -> String {
        FailureReason.explain(complaints, status)
    }
}
