import Foundation
import TestSupport

/// Every frame that a player would show, in order, as a grey picture of 48 by 27 pixels: enough to tell
/// one frame of the test pattern from the next after it has been encoded anew.
struct FrameMiniatures {
    private static let size = (width: 48, height: 27)
    let frames: [[UInt8]]

    /// - Parameters:
    ///   - width: of the picture that frames of another shape are set in, with black around them.
    ///   - height: of the same.
    init(of file: URL, in width: Int, by height: Int) async throws {
        let filters = [
            "scale=\(width):\(height):force_original_aspect_ratio=decrease",
            "pad=\(width):\(height):-1:-1",
            "scale=\(Self.size.width):\(Self.size.height):flags=area,format=gray",
        ]
        let output = try await ChildProcess.check(
            "ffmpeg",
            ["-v", "error", "-i", file.path, "-map", "0:v", "-fps_mode", "passthrough"]
                + ["-vf", filters.joined(separator: ","), "-f", "rawvideo", "-"]
        )
        let count = Self.size.width * Self.size.height
        let bytes = [UInt8](output.standardOutput)
        frames = stride(from: 0, to: bytes.count, by: count).map { Array(bytes[$0..<$0 + count]) }
    }

    /// Which of these frames looks most like `frame`, of those next to `number` and itself.
    func nearest(to frame: [UInt8], around number: Int) -> Int? {
        (max(0, number - 2)..<min(frames.count, number + 3)).min {
            distance(frames[$0], frame) < distance(frames[$1], frame)
        }
    }

    private func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        zip(one, other).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    }
}
