import Glibc
import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Can a camera's device or file be opened at all?
enum DeviceCheck {
    /// Nil when there is nothing to complain of.
    static func run(_ camera: CameraConfiguration) -> Finding? {
        switch camera.source {
        case .usb(let device): check(device: device, camera.id)
        case .file(let path): check(file: path, camera.id)
        case .rtsp, .http, .testPattern: nil
        }
    }

    private static func check(device: String, _ id: String) -> Finding? {
        guard access(device, F_OK) == 0 else {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
            let found = names.filter { $0.hasPrefix("video") }.sorted().map { "/dev/\($0)" }
            return .failure(
                "camera \(id): there is no device \(device)",
                remedy: found.isEmpty
                    ? "plug the camera in; no video device is there now"
                    : "set CAMERA_SOURCE to one of \(found.joined(separator: ", "))"
            )
        }
        guard access(device, R_OK | W_OK) == 0 else {
            return .failure(
                "camera \(id): no permission for \(device)",
                remedy: "join the video group (sudo usermod -aG video $USER), then log in again"
            )
        }
        return nil
    }

    private static func check(file: String, _ id: String) -> Finding? {
        if access(file, R_OK) == 0 { return nil }
        let words = String(cString: strerror(errno))
        return .failure(
            "camera \(id): the file \(file) cannot be read: \(words)",
            remedy: "check CAMERA_SOURCE, or the camera's source in CAMERAS_FILE"
        )
    }
}
