import Foundation
import TestSupport

/// What tests with clock cameras ask.
extension HindsightServer {
    func camera(_ id: String) async throws -> CameraAnswer {
        try await client.get("/api/cameras/\(id)").json()
    }

    /// Triggers one camera with a window around now, in seconds.
    func trigger(_ camera: String, before: Double, after: Double) async throws -> ClipAnswer {
        try await trigger(
            #"{"camera": "\#(camera)", "before": \#(before), "after": \#(after)}"#
        )
    }

    /// What a clip of a clock camera claims, held against its frames.
    ///
    /// - Parameters:
    ///   - interval: between two frames, in microseconds.
    ///   - tolerance: how far a bound may lie beside the truth, in microseconds.
    func truth(
        of clip: ClipAnswer,
        skippingDamaged: Bool = false,
        interval: Int64 = ClockCamera.frameInterval,
        tolerance: Int64 = ClipTruth.tolerance,
        in folder: TemporaryFolder
    ) async throws -> ClipTruth {
        guard clip.status == "ready" else {
            throw TestFailure("\(clip.camera): \(clip.status) \(clip.error ?? "")")
        }
        let file = try await download(clip, into: folder)
        let gaps = try clip.coverage.gaps.map { gap in
            ClipTruth.Hole(start: try microseconds(gap.start), end: try microseconds(gap.end))
        }
        let claim: ClipClaim? =
            if let start = clip.start, let end = clip.end, let duration = clip.duration {
                ClipClaim(
                    start: try microseconds(start),
                    end: try microseconds(end),
                    duration: duration,
                    accuracy: clip.accuracy,
                    gaps: gaps
                )
            } else { nil }
        return ClipTruth(
            try await ClockFrames.read(file: file, skippingDamaged: skippingDamaged),
            start: try microseconds(clip.requested_start),
            end: try microseconds(clip.requested_end),
            gaps: gaps,
            claim: claim,
            interval: interval,
            tolerance: tolerance
        )
    }

    /// The ffmpeg that records a camera now.
    func ffmpeg(of camera: ClockCamera) throws -> pid_t? {
        try ffmpegs().first { pid in
            let line = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
            return line?.contains(":\(camera.port)/") ?? false
        }.map { pid_t($0) }
    }

    /// Waits for a line of the log that says this of a camera, and gives the line back.
    ///
    /// - Parameter signs: of which the line must have one.
    func logLine(
        of camera: String,
        withOneOf signs: [String],
        after start: Int = 0,
        timeout: Duration
    ) async throws -> String {
        func log() -> [Substring] {
            process.errorText.dropFirst(start).split(separator: "\n")
                .filter { $0.contains("camera \(camera) is ") }
        }
        return try await eventually("\(signs) of \(camera) in \(log())", timeout: timeout) {
            log().first { line in signs.contains { line.contains($0) } }.map(String.init)
        }
    }
}
