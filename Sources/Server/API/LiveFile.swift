import HTTP
import Segmenter

/// The name under which a file of a ring is served: its run's id and its own name.
struct LiveFile: PathParameter, Equatable {
    let name: String

    /// Takes any name: which there are, only the ring knows.
    init(pathPart: String) {
        name = pathPart
    }

    static let absence = "This file has left the ring, or was never in it."

    init(_ segment: Segment) {
        name = segment.run.id + "-" + segment.name
    }

    init(initOf run: Run) {
        name = run.id + "-" + RecordingArguments.initName
    }

    /// Where the file is, if the ring holds it: nothing else is ever opened.
    func path(among held: [Segment]) -> String? {
        for segment in held {
            // A file that still grows must not be taken for the whole.
            if !segment.isOpen && self == LiveFile(segment) { return segment.path }
            if self == LiveFile(initOf: segment.run) { return segment.run.initPath }
        }
        return nil
    }
}
