import HTTP
import Segmenter

/// A camera's id as a path has it.
struct CameraID: PathParameter {
    let text: String

    init?(pathPart: String) {
        guard CameraConfiguration.isValid(id: pathPart) else { return nil }
        text = pathPart
    }

    static let absence = "There is no camera of this id."
}
