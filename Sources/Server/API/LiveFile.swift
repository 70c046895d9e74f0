import Segmenter

/// The name under which a file of a ring is served: its run's id and its own name.
struct LiveFile: Equatable {
    let name: String

    init(name: String) {
        self.name = name
    }

    init(_ segment: Segment) {
        name = segment.run.id + "-" + segment.name
    }

    init(initOf run: Run) {
        name = run.id + "-" + RecordingArguments.initName
    }

    /// Where the file is, if the ring holds it: nothing else is ever opened.
    func path(among held: [Segment]) -> String? {
        for segment in held {
            if self == LiveFile(segment) { return segment.path }
            if self == LiveFile(initOf: segment.run) { return segment.run.initPath }
        }
        return nil
    }
}
