package import Foundation

/// Holds the beeps of a clock camera, one at the beginning of each second of the world, against its
/// pictures.
package enum ClockSound {
    private static let rate = 8_000
    /// Samples of one look at how loud it is.
    private static let window = rate / 100
    private static let loud = 6_000
    /// How many quiet windows make the next loud one a beep's beginning.
    private static let pause = 30

    /// By how much each beep comes after the picture of its moment, in seconds, whole seconds left out.
    ///
    /// - Parameter file: a clip with sound.
    package static func delays(in file: URL) async throws -> [Double] {
        let frames = try await ClockFrames.read(file: file)
        return try await beeps(in: file).compactMap { beep in
            guard let shown = frames.last(where: { $0.pts <= beep + 0.005 }) else { return nil }
            let within = Double(shown.captureTime % 1_000_000) / 1_000_000
            return within > 0.5 ? within - 1 : within
        }
    }

    /// When beeps begin, in seconds of the file's own time.
    private static func beeps(in file: URL) async throws -> [Double] {
        let output = try await ChildProcess.check(
            "ffmpeg",
            ["-v", "error", "-nostdin", "-i", MediaProbe.argument(file), "-map", "0:a:0"]
                + ["-af", "aresample=\(rate):async=1:first_pts=0", "-ac", "1"]
                + ["-f", "s16le", "-"],
            timeout: .seconds(120)
        )
        let samples = output.standardOutput.withUnsafeBytes { Array($0.bindMemory(to: Int16.self)) }
        var found: [Double] = []
        var quiet = 0
        for start in stride(from: 0, to: samples.count - window, by: window) {
            let isLoud = samples[start..<start + window].contains { abs(Int($0)) > loud }
            if isLoud && quiet >= pause { found.append(Double(start) / Double(rate)) }
            quiet = isLoud ? 0 : quiet + 1
        }
        return found
    }
}
