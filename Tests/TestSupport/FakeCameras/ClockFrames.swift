package import Foundation

/// Reads the moments that the clock camera writes into its pictures.
///
/// The code is drawn and described by `ClockPicture` in `cameras/rtsp_cameras.py`: eighty blocks of
/// 16 × 16 pixels in two rows, an 8-bit marker, 64 bits of microseconds and an 8-bit checksum.
package enum ClockFrames {
    private static let block = 16
    private static let blocksPerRow = 40
    private static let width = block * blocksPerRow
    private static let height = 2 * block
    private static let marker: UInt8 = 0xa5

    /// Decodes every frame that a player would show, and gives back its two times in pts order.
    ///
    /// Fails if any frame's code is unreadable.
    /// - Parameter file: anything ffmpeg reads; a playlist must have its end.
    package static func read(file: URL, ffmpeg: String = "ffmpeg") async throws -> [ClockFrame] {
        let arguments = ["-v", "error", "-nostdin", "-i", MediaProbe.argument(file)]
        let cropping = "crop=\(width):\(height):0:0,format=gray"
        let output = try await ChildProcess.check(
            ffmpeg,
            arguments + ["-map", "v:0", "-vf", cropping]
                + ["-fps_mode", "passthrough", "-f", "rawvideo", "-"]
        )
        let frames = try await MediaProbe.frames(of: file)
        let pictures = [UInt8](output.standardOutput)
        let size = width * height
        guard pictures.count == frames.count * size else {
            throw TestFailure("\(file): \(pictures.count / size) pictures, \(frames.count) frames")
        }
        return try frames.enumerated().map { index, frame in
            guard let time = captureTime(in: pictures[index * size..<(index + 1) * size]) else {
                throw TestFailure("\(file): no clock in the frame at \(frame.pts) s")
            }
            return ClockFrame(pts: frame.pts, captureTime: time)
        }
    }

    /// The moment written into a grey picture of the code's rows; nil where it is unreadable.
    private static func captureTime(in picture: ArraySlice<UInt8>) -> Int64? {
        let bits = (0..<2 * blocksPerRow).map { number in
            let left = number % blocksPerRow * block
            let top = number / blocksPerRow * block
            return isWhite(picture, left: left, top: top)
        }
        let bytes = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        let moment = bytes[1...8]
        guard bytes[0] == marker, moment.reduce(0, ^) == bytes[9] else { return nil }
        return moment.reduce(0) { $0 << 8 | Int64($1) }
    }

    /// Whether the middle of a block, where the encoder blurs least, is white.
    private static func isWhite(_ picture: ArraySlice<UInt8>, left: Int, top: Int) -> Bool {
        var sum = 0
        for row in top + block / 4..<top + block * 3 / 4 {
            for column in left + block / 4..<left + block * 3 / 4 {
                sum += Int(picture[picture.startIndex + row * width + column])
            }
        }
        return sum > 128 * (block / 2) * (block / 2)
    }
}
