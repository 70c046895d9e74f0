/// An RTSP camera with a peculiarity, at 320 × 180 and 25 fps.
package final class DifficultRTSP: Stoppable {
    package enum Kind: Sendable {
        case digest(user: String, password: String)
        /// Refuses RTSP over TCP.
        case udpOnly
        /// Speaks RTSPS.
        case tls

        fileprivate var arguments: [String] {
            switch self {
            case .digest(let user, let password):
                ["--kind", "digest", "--user", user, "--password", password]
            case .udpOnly: ["--kind", "udp"]
            case .tls: ["--kind", "tls"]
            }
        }
    }

    private let script: CameraScript

    private init(script: CameraScript) {
        self.script = script
    }

    package static func start(_ kind: Kind) async throws -> DifficultRTSP {
        let script = try await CameraScript.start("difficult_rtsp.py", kind.arguments)
        return DifficultRTSP(script: script)
    }

    /// Host, port and path, as they stand in its URL after any user name and password.
    package var address: String { "127.0.0.1:\(script.port)/live" }

    package func stop() async {
        await script.process.stop()
    }
}
