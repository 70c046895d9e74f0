/// What has happened to a camera, by its id.
enum FleetChange: Sendable {
    /// Its status has another state or reason.
    case status(String)
    case added(String)
    /// It has other settings.
    case changed(String)
    case removed(String)
}
