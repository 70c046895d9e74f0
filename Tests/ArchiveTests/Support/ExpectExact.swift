import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

/// Expects that a ready clip shows the very frames of its window, and that its manifest says what its
/// row says.
func expectExact(_ clip: Clip, of recording: Recording, in storage: Storage) async throws {
    let expected = recording.frames(showing: clip.window)
    let hashes = try await frameHashes(of: recording.source)
    #expect(try await frameHashes(of: storage.video(clip)) == Array(hashes[expected]))
    #expect(try await MediaProbe.decodingErrors(of: storage.video(clip)) == "")
    #expect(abs((clip.duration ?? 0) - clip.window.duration.seconds) <= 0.02)
    #expect(try storage.layout.final(clip).manifest().clip == clip)
}
