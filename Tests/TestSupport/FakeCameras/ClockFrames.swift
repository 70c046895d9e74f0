package import Foundation

/// Reads the moments that clock cameras write into their pictures.
///
/// The code is drawn and described by `ClockPicture` in `cameras/clock_picture.py`: twenty squares a row
/// and five rows, of which 96 hold 56 bits of microseconds, 24 of the frame's number and a CRC-16.
package enum ClockFrames {
    private static let square = 16
    private static let columns = 20
    private static let rows = 5
    private static let width = square * columns
    private static let height = square * rows

    /// Decodes every frame that a player would show, and gives them back in pts order.
    ///
    /// Fails if any frame's code is unreadable, unless `skippingDamaged`.
    /// - Parameter file: anything ffmpeg reads; a playlist must have its end.
    package static func read(
        file: URL,
        skippingDamaged: Bool = false,
        ffmpeg: String = "ffmpeg"
    ) async throws -> [ClockFrame] {
        let arguments = ["-v", "error", "-nostdin", "-i", MediaProbe.argument(file)]
        // To one size first: a picture may be larger than the camera's.
        let scaling = "scale=\(width):\(width * 9 / 16):flags=neighbor"
        let output = try await ChildProcess.check(
            ffmpeg,
            arguments + [
                "-map", "v:0", "-vf", "\(scaling),crop=\(width):\(height):0:0,format=gray",
            ]
                + ["-fps_mode", "passthrough", "-f", "rawvideo", "-"],
            timeout: .seconds(120)
        )
        let frames = try await MediaProbe.frames(of: file)
        let pictures = [UInt8](output.standardOutput)
        let size = width * height
        guard pictures.count == frames.count * size else {
            throw TestFailure("\(file): \(pictures.count / size) pictures, \(frames.count) frames")
        }
        return try frames.enumerated().compactMap { index, frame in
            let picture = pictures[index * size..<(index + 1) * size]
            if let found = self.frame(in: picture, pts: frame.pts) { return found }
            if skippingDamaged { return nil }
            throw TestFailure("\(file): no clock in the frame at \(frame.pts) s")
        }
    }

    /// What is written into a grey picture of the code's rows; nil where it is unreadable.
    private static func frame(in picture: ArraySlice<UInt8>, pts: Double) -> ClockFrame? {
        let bytes = stride(from: 0, to: 96, by: 8).map { start in
            (start..<start + 8).reduce(UInt8(0)) { $0 << 1 | (isWhite(picture, $1) ? 1 : 0) }
        }
        let number = { (bytes: ArraySlice<UInt8>) in bytes.reduce(0) { $0 << 8 | Int64($1) } }
        guard Int64(checksum(bytes[..<10])) == number(bytes[10...]) else { return nil }
        return ClockFrame(
            pts: pts,
            captureTime: number(bytes[..<7]),
            number: Int(number(bytes[7..<10]))
        )
    }

    /// Whether the middle of a square, where the encoder blurs least, is white.
    private static func isWhite(_ picture: ArraySlice<UInt8>, _ index: Int) -> Bool {
        let (left, top) = (index % columns * square, index / columns * square)
        var sum = 0
        for row in top + square / 4..<top + square * 3 / 4 {
            for column in left + square / 4..<left + square * 3 / 4 {
                sum += Int(picture[picture.startIndex + row * width + column])
            }
        }
        return sum > 128 * (square / 2) * (square / 2)
    }

    /// CRC-16 with the polynomial 0x1021, from 0.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        bytes.reduce(UInt16(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt16(byte) << 8) { sum, _ in
                sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x1021
            }
        }
    }
}
