import Glibc
import TestSupport

@testable import Segmenter

/// The segments that come of the files that a finished ffmpeg left in a directory.
struct AssembledRun {
    let segments: [PartedSegment]

    init(in directory: String) async throws {
        let layout = RunLayout(directory: directory)
        let names = Directory.names(directory).filter { $0.hasSuffix(".m4s") }
        for name in names { rename(directory + "/" + name, directory + "/" + name + ".written") }
        let bench = IntakeBench(directory)
        var found: [Int: PartedSegment] = [:]
        // One after another: the ring remembers the parts of the newest segments alone.
        for (number, name) in names.enumerated() {
            rename(directory + "/" + name + ".written", layout.segmentPath(number))
            await bench.read(after: .seconds(1))
            for parted in await bench.ring.edge.newest { found[parted.segment.sequence] = parted }
        }
        await bench.finish()
        for parted in await bench.ring.edge.newest { found[parted.segment.sequence] = parted }
        if let failure = bench.losses.first { throw TestFailure("\(failure)") }
        segments = found.values.sorted { $0.segment.sequence < $1.segment.sequence }
    }
}
