import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

/// A clip's folder, with a maker at work in it.
struct MakerBench {
    private let root: TemporaryFolder
    let folder: ClipFolder
    let maker: ClipMaker
    var video: URL { URL(filePath: folder.file(ClipMaker.videoName)) }

    init() throws {
        root = try TemporaryFolder()
        folder = ClipFolder(path: root.path)
        maker = ClipMaker(
            ffmpeg: try FFmpeg(),
            // Good enough to tell one frame from the next.
            encoding: .init(preset: "ultrafast", crf: 12),
            directory: root.path
        )
    }

    /// Brings a recording's files into the clip's folder, as a recorder does.
    func freeze(_ recording: Recording) throws -> [FrozenSegment] {
        try recording.segments.map { segment in
            let name = "\(segment.run.id)-\(segment.name)"
            try folder.adopt(segment.path, as: name)
            let initFile = "init-\(segment.run.id).mp4"
            try folder.adopt(segment.run.initPath, as: initFile)
            return FrozenSegment(segment, file: name, initFile: initFile)
        }
    }

    /// Makes the video of a window on one run after the other.
    func make(
        _ recordings: [Recording],
        _ window: ClipWindow
    ) async throws -> (ClipCut, JoinPlan) {
        // As from a recorder: only what the window touches.
        let segments = try recordings.flatMap(freeze).filter {
            $0.start < window.end && $0.end > window.start
        }
        let cut = try ClipCut(segments, window: window) { segment in
            let track = try #require(try media(of: segment).video)
            return try SegmentFile.readTiming(folder.file(segment.file), track: track).frameTimes
        }
        let plan = try JoinPlan(cut.pieces.map { try media(of: $0.segments.first) })
        try await maker.makeVideo(cut, plan: plan, start: window.start)
        return (cut, plan)
    }

    private func media(of segment: FrozenSegment?) throws -> InitSegment {
        try SegmentFile.readInit(folder.file(try #require(segment).initFile))
    }
}
