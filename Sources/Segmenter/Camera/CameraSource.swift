/// Where a camera's video comes from.
package enum CameraSource: Sendable, Hashable {
    /// A V4L2 device, by its path: `/dev/video0`.
    case usb(device: String)
    case rtsp(url: String)
    /// MJPEG (multipart/x-mixed-replace), HLS, MPEG-TS or anything else that ffmpeg reads over HTTP.
    case http(url: String)
    /// A video file, played in real time in a loop.
    case file(path: String)
    /// ffmpeg's `testsrc2` with a running clock and a tone.
    case testPattern

    /// Reads a source as people write it: an index or device path, a URL, a file's path, `test`.
    ///
    /// Returns nil for a URL of a scheme that is not a camera's.
    package init?(parsing text: String) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        if text.isEmpty || text == "test" {
            self = .testPattern
        } else if let index = UInt16(text) {
            self = .usb(device: "/dev/video\(index)")
        } else if text.hasPrefix("/dev/") {
            self = .usb(device: text)
        } else if !text.contains("://") {
            self = .file(path: text)
        } else if scheme == "rtsp" || scheme == "rtsps" {
            self = .rtsp(url: text)
        } else if scheme == "http" || scheme == "https" {
            self = .http(url: text)
        } else if scheme == "file" {
            self = .file(path: String(text.dropFirst("file://".count)))
        } else {
            return nil
        }
    }

    /// The same source with a file's path made absolute: ffmpeg works in a directory of its own.
    package func resolved(against directory: String) -> CameraSource {
        guard case .file(let path) = self, !path.hasPrefix("/") else { return self }
        return .file(path: directory + "/" + path)
    }

    /// The kind's name in the API.
    package var kind: String {
        switch self {
        case .usb: "usb"
        case .rtsp: "rtsp"
        case .http: "http"
        case .file: "file"
        case .testPattern: "test"
        }
    }

    /// The source with any user name and password hidden, fit for logs and answers.
    package var description: String {
        switch self {
        case .usb(let device): device
        case .rtsp(let url), .http(let url): Secrets(of: self).redact(url)
        case .file(let path): String(path.split(separator: "/").last ?? "")
        case .testPattern: "test pattern"
        }
    }

    /// Whether its URL holds a user name.
    var hasUser: Bool {
        switch self {
        case .rtsp(let url), .http(let url): CameraURL(url)?.hasUser == true
        case .usb, .file, .testPattern: false
        }
    }

    /// Whether it is a live source, which sets its own pace.
    var isLive: Bool {
        switch self {
        case .usb, .rtsp, .http: true
        case .file, .testPattern: false
        }
    }
}
