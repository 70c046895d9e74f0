import HTTP

/// `/api/cameras`: how the cameras stand.
struct CameraRoutes: Sendable {
    let fleet: CameraFleet

    func list(_ request: Request) async throws -> Response {
        _ = try QueryReader(request, knowing: [])
        var cameras: [CameraResource] = []
        for camera in fleet.cameras { cameras.append(await CameraResource(camera)) }
        return try JSONBody.response(.ok, cameras)
    }

    func get(_ request: Request) async throws -> Response {
        _ = try QueryReader(request, knowing: [])
        return try JSONBody.response(.ok, await CameraResource(try fleet.camera(of: request)))
    }
}
