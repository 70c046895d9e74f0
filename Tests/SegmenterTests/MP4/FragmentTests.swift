import TestSupport
import Testing

@testable import Segmenter

@Suite("Fragments of a file")
struct FragmentTests {
    @Test("Those of a recording follow each other in the order of decoding", arguments: [0, 3])
    func recording(_ bFrames: Int) async throws {
        let run = try await SampleRun.of(bFrames == 0 ? .h264AAC : .h264BFrames)
        let found = try run.written.flatMap(fragments)
        #expect(found.count >= 15)
        let timings = found.compactMap(\.timing)
        for (one, next) in zip(timings, timings.dropFirst()) {
            #expect(abs((next.decodeStart - one.decodeEnd).seconds) < 0.000_002)
            // Nothing that comes later is shown before a fragment's end of decoding.
            #expect(next.start >= one.decodeEnd - .microseconds(1))
        }
        let keyframes = found.filter { $0.timing?.startsOnKeyframe == true }
        #expect(keyframes.count == 3)
        // Of a keyframe, and of it alone, its beginning is known: what it says of its decoding stands there.
        #expect(found.allSatisfy { $0.keyframe.isEmpty == ($0.timing?.startsOnKeyframe != true) })
        #expect(keyframes.allSatisfy { $0.keyframe.count == ParameterSets.reach })
        #expect(found.contains { $0.soundStart != nil } == (bFrames == 0))
    }

    private func fragments(_ path: String) throws -> [Fragment] {
        let file = try GrowingFile(path)
        let size = file.state().size
        _ = try file.nextFragment(within: size, media: nil)
        let media = try InitSegment(parsing: file.header)
        var found: [Fragment] = []
        while let fragment = try file.nextFragment(within: size, media: media) {
            found.append(fragment)
        }
        return found
    }

    @Test("One of sound alone has no timing, and one without sound no start of it")
    func soundAlone() throws {
        let fragment = try Fragment.example(at: 40)
        #expect(fragment.timing?.start == .milliseconds(40))
        #expect(fragment.soundStart == nil)
        let empty = try Fragment(offset: 0, length: 8, head: [], beginning: [], media: .example)
        #expect(empty.timing == nil)
    }
}
