import Foundation
import TestSupport

@testable import Segmenter

/// A copy of a segment, to be damaged.
struct DamagedSegment {
    private let folder: TemporaryFolder
    private let file: URL
    let bytes: [UInt8]
    let video: Track
    /// How many bytes stand before the media data.
    let headLength: Int
    /// Where one outermost box ends: a file cut there is whole as far as it goes.
    let boundaries: Set<Int>

    init(of run: SampleRun) throws {
        folder = try TemporaryFolder()
        file = folder.file("000001.m4s")
        bytes = Array(try Data(contentsOf: URL(filePath: run.segments[0])))
        try Data(bytes).write(to: file)
        guard let video = try SegmentFile.readInit(run.initPath).video else {
            throw TestFailure("\(run.initPath): no video")
        }
        self.video = video

        var reader = BoxReader(bytes[...])
        var boundaries: Set<Int> = []
        var headLength = 0
        while let box = try reader.next() {
            if box.type == "mdat" && headLength == 0 { headLength = box.body.startIndex }
            boundaries.insert(box.body.endIndex)
        }
        self.headLength = headLength
        self.boundaries = boundaries
    }

    var path: String { file.path }

    /// Puts other bytes into the file's place.
    func write(_ bytes: [UInt8]) throws {
        try Data(bytes).write(to: file)
    }

    /// Changes bytes of the file where they are.
    func overwrite(_ position: Int, with bytes: [UInt8]) throws {
        let handle = try FileHandle(forWritingTo: file)
        try handle.seek(toOffset: UInt64(position))
        try handle.write(contentsOf: bytes)
        try handle.close()
    }
}
