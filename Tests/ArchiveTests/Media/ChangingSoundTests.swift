import Foundation
import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip maker: sound that comes and goes", .timeLimit(.minutes(5)))
struct ChangingSoundTests {
    private let bench: MakerBench

    init() throws {
        bench = try MakerBench()
    }

    private static let changes: [[TestVideo.AudioCodec?]] = [[.aac, nil], [nil, .aac]]

    @Test(
        "Video and playlist have sound and all pictures, whichever run had sound",
        arguments: changes
    )
    func plays(_ sounds: [TestVideo.AudioCodec?]) async throws {
        var recordings: [Recording] = []
        for (index, sound) in sounds.enumerated() {
            let video = TestVideo(audio: sound, seconds: 3, size: "160x90", keyframeInterval: 25)
            recordings.append(
                try await Recording(
                    video,
                    from: recordings.last.map { $0.end + .seconds(1) } ?? .event,
                    ordinal: index
                )
            )
        }
        let window = ClipWindow(start: .event, end: recordings[1].end)
        let (cut, _) = try await bench.make(recordings, window)
        let playlist = try bench.writePlaylist(cut, window)
        for source in [bench.video, playlist] {
            let name = Comment(rawValue: source.lastPathComponent)
            #expect(try await MediaProbe.packets(of: source).count == 150, name)
            #expect(try await MediaProbe.decodingErrors(of: source) == "", name)
            #expect(try await MediaProbe(source).audio?.codec == "aac", name)
            #expect(try await Players.gstreamer(source).pictures == 150, name)
        }
    }
}
