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

    /// Brings segments into the clip's folder, as a recorder does.
    func freeze(_ segments: [Segment]) throws -> [FrozenSegment] {
        var freezer = SegmentFreezer(folder: folder, segments: [])
        for segment in segments { _ = try freezer.freeze(segment) }
        return freezer.segments
    }

    /// Makes the video of a window on one run after the other.
    func make(
        _ recordings: [Recording],
        _ window: ClipWindow
    ) async throws -> (ClipCut, JoinPlan) {
        try await make(recordings.flatMap(\.segments), window)
    }

    /// The same of some segments.
    func make(
        _ segments: [Segment],
        _ window: ClipWindow
    ) async throws -> (ClipCut, JoinPlan) {
        // As from a recorder: only what the window touches.
        let touched = segments.filter {
            $0.start < window.end && $0.end > window.start
        }
        let segments = try freeze(touched)
        func timing(_ segment: FrozenSegment) throws -> FragmentTiming {
            let track = try #require(try media(of: segment).video)
            return try SegmentFile.readTiming(folder.file(segment.file), track: track)
        }
        var cut = try ClipCut(segments, window: window) { try timing($0).frameTimes }
        try cut.setReordering { try timing($0).reordering }
        let firsts = cut.pieces.compactMap { $0.segments.first }
        let described = try firsts.map { try media(of: $0) }
        let openPieces = firsts.indices.filter {
            folder.beginsOpen(firsts[$0])
        }
        let plan = try JoinPlan(described, openPieces: Set(openPieces))
        try await maker.makeVideo(cut, plan: plan, start: window.start)
        return (cut, plan)
    }

    /// Expects that the video shows the very frames of the cut, each at its moment.
    func expectFrames(
        of recordings: [Recording],
        _ cut: ClipCut,
        _ plan: JoinPlan
    ) async throws {
        let (width, height) = (plan.width, plan.height)
        let shown = try await FrameMiniatures(of: video, in: width, by: height).frames
        let times = try await MediaProbe.frames(of: video).map(\.pts)
        #expect(shown.count == times.count)
        var start = Duration.zero
        var number = 0
        for (recording, piece) in zip(recordings, cut.pieces) {
            let source = try await FrameMiniatures(of: recording.source, in: width, by: height)
            for (index, time) in recording.frameTimes.enumerated()
            where time >= piece.from && time < piece.to {
                guard number < shown.count else {
                    Issue.record("only \(shown.count) frames")
                    return
                }
                let moment = (start + time - piece.from).seconds
                #expect(abs(times[number] - moment) < 0.001)
                #expect(source.nearest(to: shown[number], around: index) == index)
                number += 1
            }
            start += piece.duration
        }
        #expect(number == shown.count)
    }

    /// Writes the playlist of the same, as a finisher does, and says where.
    func writePlaylist(_ cut: ClipCut, _ window: ClipWindow) throws -> URL {
        var segments = cut.pieces.flatMap(\.segments)
        for name in try SoundCompletion(folder: folder).complete(&segments) { folder.remove(name) }
        let playlist = MediaPlaylist(of: segments, window: window, isComplete: true)
        try folder.write(Array(playlist.text.utf8), to: ClipFolder.playlistName)
        return URL(filePath: folder.file(ClipFolder.playlistName))
    }

    private func media(of segment: FrozenSegment?) throws -> InitSegment {
        try SegmentFile.readInit(folder.file(try #require(segment).initFile))
    }
}
