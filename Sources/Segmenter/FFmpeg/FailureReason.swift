/// Puts ffmpeg's last words into plain ones, with what to do about it.
package enum FailureReason {
    /// How the reason begins when a camera refuses a login, whatever for.
    static let loginRefused = "the camera refuses the user name or password"

    /// What ffmpeg writes, and what it means to the one who set up the camera. First match wins.
    private static let meanings: [(sign: String, meaning: String)] = [
        ("401 Unauthorized", "\(loginRefused): check them in the URL"),
        ("403 Forbidden", "the camera forbids access to this stream for this user"),
        ("404 Not Found", "the camera has no stream at this path: check the URL's last part"),
        (
            "5XX Server Error",
            "the camera reports a fault of its own: switch it off and on, check the URL"
        ),
        (
            "method SETUP failed",
            "the camera refuses to send this stream: look up its settings for RTSP"
        ),
        (
            "method PLAY failed",
            "the camera refuses to start this stream: are too many others watching it?"
        ),
        ("method DESCRIBE failed", "the camera has no stream at this path: check the URL"),
        ("Connection refused", "nothing answers at this address and port: is the camera on?"),
        ("No route to host", "there is no way to this address: check the network and the address"),
        ("Network is unreachable", "there is no way to this address: check the network"),
        ("Connection timed out", "the camera does not answer: check its address and power"),
        ("Name or service not known", "no host of this name: check the URL"),
        ("Failed to resolve hostname", "no host of this name: check the URL"),
        (
            "Permission denied",
            "no permission to open it: for a device, add this user to the video group"
        ),
        ("Device or resource busy", "another program is using the device: close it"),
        ("No such device", "there is no such device: is the camera plugged in?"),
        ("No such file or directory", "there is no such file or device: check the path"),
        ("matches no streams", "the source has no video"),
        ("No space left on device", "the disk is full: free some space"),
        ("dimensions not set", "the camera announces video but has not sent any yet"),
        ("Could not find tag for codec", "the video's codec is none that can be recorded"),
        ("Decoder (codec none) not found", "the video's codec is none that ffmpeg knows"),
        (
            "An unexpected TLS packet",
            "what answers there does not speak TLS: use rtsp:// or http://, or another port"
        ),
        ("Port missing in uri", "the URL's host and port cannot be read: check it"),
        (
            "Stream ends prematurely",
            "the stream broke off: is the camera on, does this address give video?"
        ),
        (
            "Invalid data found",
            "what arrives is not video that ffmpeg can read: check the address, port and path"
        ),
        ("Input/output error", "the connection to the camera broke"),
        ("Connection reset", "the camera closed the connection"),
    ]

    package static func explain(_ complaints: [String], _ status: ExitStatus) -> String {
        for (sign, meaning) in meanings {
            if let line = complaints.last(where: { $0.contains(sign) }) {
                return "\(meaning) (\(line))"
            }
        }
        // What it complained of then is a torn last frame.
        if status.isSuccess {
            return "the stream ended: the camera closed it, or the file is over"
        }
        return "ffmpeg ended with \(status)" + (complaints.last.map { ": \($0)" } ?? "")
    }
}
