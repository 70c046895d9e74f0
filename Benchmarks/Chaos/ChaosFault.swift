import Foundation
import TestSupport

/// Something that was done to a camera or to its ffmpeg.
struct ChaosFault {
    enum Kind: String, CaseIterable {
        case cameraKilled = "camera killed"
        case cameraStopped = "camera stopped"
        case ffmpegKilled = "ffmpeg killed"
        case ffmpegStopped = "ffmpeg stopped"

        /// Does it, and undoes it after so many seconds, where there is something to undo.
        func inflict(
            on id: String,
            for seconds: Double,
            _ clocks: ClockCameras,
            _ rig: Rig
        ) async throws {
            switch self {
            case .cameraKilled:
                clocks[id].send(SIGKILL)
                try await Task.sleep(for: .seconds(seconds))
                try await clocks.restart(id)
            case .cameraStopped:
                clocks[id].send(SIGSTOP)
                try await Task.sleep(for: .seconds(seconds))
                clocks[id].send(SIGCONT)
            case .ffmpegKilled:
                if let pid = try rig.ffmpeg(of: clocks[id]) { kill(pid, SIGKILL) }
            case .ffmpegStopped:
                guard let pid = try rig.ffmpeg(of: clocks[id]) else { return }
                kill(pid, SIGSTOP)
                try await Task.sleep(for: .seconds(seconds))
                // The watchdog may have ended it, and its number may be another's by now.
                if try rig.ffmpeg(of: clocks[id]) == pid { kill(pid, SIGCONT) }
            }
        }
    }

    let camera: String
    let kind: Kind
    let start: Date
    /// Far ahead while it lasts.
    var end = Date.distantFuture
}
