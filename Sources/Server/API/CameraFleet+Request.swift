import HTTP
import Segmenter

extension CameraFleet {
    /// The camera that a request's path names.
    func camera(of request: Request) throws(HTTPError) -> Camera {
        let id: CameraID = try request.parameters.value("id")
        guard let camera = self[id.text] else { throw HTTPError(.notFound, CameraID.absence) }
        return camera
    }
}
