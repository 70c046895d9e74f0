import Foundation
import TestSupport

@testable import Segmenter

/// A camera that records into a folder of its own, with what it says and leaves there.
struct RecordedCamera: Sendable {
    let camera: Camera
    let folder: TemporaryFolder
    private let lines: Gathered<String>

    /// Records a source for as long as `body` takes; afterwards its ffmpeg has ended.
    ///
    /// - Parameter change: adapts the camera's settings: one-second segments, fast encoding.
    static func record<Value>(
        _ source: CameraSource,
        change: (inout CameraConfiguration) -> Void = { _ in },
        _ body: (RecordedCamera) async throws -> Value
    ) async throws -> Value {
        var configuration = CameraConfiguration(
            id: "door",
            source: source,
            segmentDuration: .seconds(1),
            encoding: CameraConfiguration.Encoding(preset: "ultrafast", crf: 30)
        )
        change(&configuration)
        let folder = try TemporaryFolder()
        let lines = Gathered<String>()
        let camera = Camera(
            configuration,
            folder: folder.path,
            ffmpeg: try FFmpeg(),
            report: { lines.add($0) }
        )
        let recording = Task { await camera.run() }
        do {
            let recorded = RecordedCamera(camera: camera, folder: folder, lines: lines)
            let value = try await body(recorded)
            recording.cancel()
            await recording.value
            return value
        } catch {
            recording.cancel()
            await recording.value
            throw error
        }
    }

    /// What the camera said for the log.
    var log: [String] { lines.values }

    /// Waits until the ring holds so many whole segments that `condition` holds for.
    func segments(
        _ count: Int,
        where condition: (Segment) -> Bool = { _ in true }
    ) async throws -> [Segment] {
        try await eventually("\(count) segments", timeout: .seconds(90)) {
            let segments = await camera.ring.segments.filter { !$0.isOpen && condition($0) }
            return segments.count >= count ? segments : nil
        }
    }

    /// Waits until the camera is in a state.
    @discardableResult
    func status(_ state: CameraStatus.State) async throws -> CameraStatus {
        try await eventually("\(state)", timeout: .seconds(90)) {
            let status = await camera.status
            return status.state == state ? status : nil
        }
    }

    /// The process that records now, as its pid file has it.
    func ffmpegPID() throws -> Int32 {
        let run = Directory.names(folder.path).last ?? ""
        let path = "\(folder.path)/\(run)/\(PidFile.name)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard let pid = Int32(text.prefix { $0 != " " }) else {
            throw TestFailure("\(path): \(text)")
        }
        return pid
    }

    /// A file that players take: these segments of one run.
    func playable(_ segments: [Segment]) throws -> URL {
        try Playable.join(
            [segments[0].run.initPath] + segments.map(\.path),
            as: folder.file(UUID().uuidString + ".mp4")
        )
    }
}
