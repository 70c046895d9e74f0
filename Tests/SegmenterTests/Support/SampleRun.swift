import Foundation
import TestSupport

@testable import Segmenter

/// The files of a run: as ffmpeg leaves them, each with its own header, and the one-second segments made of them.
struct SampleRun: Sendable {
    /// What is in the video that was recorded.
    enum Kind: String, Sendable, CaseIterable {
        case h264
        case h264BFrames
        case h264AAC
        case h265
        case h265BFrames
        case av1

        fileprivate var video: TestVideo {
            var video = TestVideo(seconds: 3, keyframeInterval: 25)
            switch self {
            case .h264: break
            case .h264BFrames: video.bFrames = 2
            case .h264AAC: video.audio = .aac
            case .h265: video.video = .h265
            case .h265BFrames: (video.video, video.bFrames) = (.h265, 3)
            case .av1: video.video = .av1
            }
            return video
        }
    }

    private static let made = Dictionary(
        uniqueKeysWithValues: Kind.allCases.map { kind in (kind, Task { try await make(kind) }) }
    )

    let folder: TemporaryFolder
    /// The paths of copies of the files as ffmpeg left them, in order.
    let written: [String]
    /// The paths of the segments, in order.
    let segments: [String]

    var initPath: String { folder.path + "/" + RunLayout.initName }

    /// The run of one kind, made once.
    static func of(_ kind: Kind) async throws -> SampleRun {
        try await made[kind]!.value
    }

    private static func make(_ kind: Kind) async throws -> SampleRun {
        try await record(kind.video)
    }

    /// Makes a video and records it, faster than in real time.
    ///
    /// - Parameter options: ffmpeg's, for making it.
    static func record(_ video: TestVideo, options: [String] = []) async throws -> SampleRun {
        let folder = try TemporaryFolder()
        let source = folder.file("source.mp4")
        try await video.write(to: source, options: options)
        let camera = CameraConfiguration(
            id: "sample",
            source: .file(path: source.path),
            segmentDuration: .seconds(1)
        )
        var plan = RecordingPlan(guessing: camera.source)
        plan.loops = false
        plan.isHEVC = video.video == .h265
        let outcome = try await FFmpeg().run(
            RecordingArguments.make(for: camera, plan: plan),
            directory: folder.path
        )
        guard outcome.status.isSuccess else {
            throw TestFailure(outcome.log.joined(separator: "\n"))
        }
        // Reading a file changes its header.
        let written = folder.file("written")
        try FileManager.default.createDirectory(at: written, withIntermediateDirectories: false)
        let names = Directory.names(folder.path).filter { $0.hasSuffix(".m4s") }
        for name in names {
            try FileManager.default.copyItem(
                at: folder.file(name),
                to: written.appending(path: name)
            )
        }
        let segments = try await AssembledRun(in: folder.path).segments
        return SampleRun(
            folder: folder,
            written: names.map { written.path + "/" + $0 },
            segments: segments.map(\.segment.path)
        )
    }

    /// A file that players take: the initialisation segment and this one.
    func playable(_ segment: String) throws -> URL {
        try Playable.join([initPath, segment], as: folder.file(UUID().uuidString + ".mp4"))
    }
}
