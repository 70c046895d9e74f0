package import Foundation

/// An RTSP camera in a process of its own whose every frame says when it was taken, and which fails on
/// command; see ``ClockFrames`` and `cameras/clock_camera.py`.
///
/// 320 × 180 at 25 fps: watched, it costs some 3 % of a core.
package final class ClockCamera: Stoppable {
    /// What it can be at its start.
    package struct Options: Sendable {
        package enum Authentication: String, Sendable {
            case basic, digest, sha256
        }

        /// Of the camera's clock: 1.01 runs one per cent fast.
        package var speed: Double
        /// Of its picture's timestamps: 2 counts two seconds in each second of the world, whatever its
        /// clock says; the frames come when they are due.
        package var pace: Double
        /// In frames.
        package var keyframeInterval: Int
        package var codec: String
        /// 16:9; MJPEG wants sides in eights.
        package var size: String
        package var framesPerSecond: Int
        /// Its timestamps are multiples of so many 1/90,000 s.
        package var tick: Int
        package var hasAudio: Bool
        /// `user:password`; nil lets everybody in.
        package var password: String?
        package var authentication: Authentication

        package init(
            speed: Double = 1,
            pace: Double = 1,
            keyframeInterval: Int = 50,
            codec: String = "h264",
            size: String = "320x180",
            framesPerSecond: Int = 25,
            tick: Int = 1,
            hasAudio: Bool = false,
            password: String? = nil,
            authentication: Authentication = .digest
        ) {
            self.speed = speed
            self.pace = pace
            self.keyframeInterval = keyframeInterval
            self.codec = codec
            self.size = size
            self.framesPerSecond = framesPerSecond
            self.tick = tick
            self.hasAudio = hasAudio
            self.password = password
            self.authentication = authentication
        }
    }

    /// What it can be told to do while it runs.
    package enum Command: Sendable {
        /// 16:9, within the stream.
        case size(String)
        case codec(String)
        case keyframeInterval(Int)
        case speed(Double)
        case pace(Double)
        /// Takes no frame for so many seconds, while its clock goes on.
        case skip(Double)
        /// The same again and again, before the next keyframe after each `period` seconds; zeros end it.
        case skips(Double, period: Double)
        /// Sends at a fraction of the pace at which it takes, and so ever later.
        case slow(Double)
        /// Sends all at once that has waited.
        case catchUp
        case audio(Bool)
        /// Keeps its connections and sends nothing, while its clock goes on.
        case freeze
        case thaw
        /// Ends its connections within an RTP packet.
        case cut
        /// Ends its connections between two frames.
        case hangUp
        /// Shifts its timestamps, in seconds.
        case jump(Double)
        case stamps(Bool)
        /// Loses so many per cent of its packets.
        case drop(Double)
        case password(String)
        /// Is done as soon as somebody gets pictures.
        case watched

        fileprivate var line: String {
            switch self {
            case .size(let size): "size \(size)"
            case .codec(let codec): "codec \(codec)"
            case .keyframeInterval(let frames): "gop \(frames)"
            case .speed(let speed): "speed \(speed)"
            case .pace(let pace): "pace \(pace)"
            case .skip(let seconds): "skip \(seconds)"
            case .skips(let seconds, let period): "skips \(seconds) \(period)"
            case .slow(let pace): "slow \(pace)"
            case .catchUp: "catch-up"
            case .audio(let isOn): "audio \(isOn ? "on" : "off")"
            case .freeze: "freeze"
            case .thaw: "thaw"
            case .cut: "cut"
            case .hangUp: "hang-up"
            case .jump(let seconds): "jump \(seconds)"
            case .stamps(let isOn): "stamps \(isOn ? "on" : "off")"
            case .drop(let percent): "drop \(percent)"
            case .password(let password): "password \(password)"
            case .watched: "watched"
            }
        }
    }

    /// Between two frames of a camera whose clock is right, in microseconds.
    package static let frameInterval: Int64 = 40_000

    private let script: CameraScript

    private init(script: CameraScript) {
        self.script = script
    }

    /// Starts the camera.
    ///
    /// - Parameters:
    ///   - port: 0 chooses a free one; the same again brings a camera back that was stopped.
    ///   - limit: ends the camera in any case.
    package static func start(
        _ options: Options = Options(),
        port: Int = 0,
        limit: Duration = .seconds(1800)
    ) async throws -> ClockCamera {
        var arguments = ["--port", "\(port)", "--duration", "\(limit.components.seconds)"]
        arguments += ["--speed", "\(options.speed)", "--gop", "\(options.keyframeInterval)"]
        arguments += ["--pace", "\(options.pace)"]
        arguments += ["--size", options.size, "--rate", "\(options.framesPerSecond)"]
        arguments += ["--tick", "\(options.tick)"]
        arguments += ["--codec", options.codec, "--auth", options.authentication.rawValue]
        if options.hasAudio { arguments.append("--audio") }
        if let password = options.password { arguments += ["--password", password] }
        return ClockCamera(script: try await CameraScript.start("clock_camera.py", arguments))
    }

    package var port: Int { script.port }

    package var pid: pid_t { script.process.pid }

    package var url: URL { url(user: nil) }

    /// - Parameter user: `user:password`.
    package func url(user: String?, port: Int? = nil) -> URL {
        URL(string: "rtsp://\(user.map { "\($0)@" } ?? "")127.0.0.1:\(port ?? self.port)/clock")!
    }

    /// Gives a command, and returns when it is obeyed.
    package func tell(_ command: Command) async throws {
        try await script.obey(command.line)
    }

    /// Sends a signal: SIGSTOP and SIGCONT for a camera that hangs, SIGKILL for one that dies.
    package func send(_ signal: Int32) {
        script.process.send(signal)
    }

    package func stop() async {
        // A stopped process would not hear it.
        script.process.send(SIGCONT)
        await script.process.stop()
    }
}
