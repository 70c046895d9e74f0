import Foundation
import TestSupport

/// A hash of the picture of every frame that a player would show, in order.
func frameHashes(of file: URL) async throws -> [String] {
    let output = try await ChildProcess.check(
        "ffmpeg",
        ["-v", "error", "-i", file.path, "-map", "0:v"]
            + ["-fps_mode", "passthrough", "-f", "framemd5", "-"]
    )
    // 0, dts, pts, duration, size, hash
    return output.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap {
        $0.split(separator: ",").last.map { String($0.drop { $0 == " " }) }
    }
}
