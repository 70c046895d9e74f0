import Glibc

/// A finished file of a run, read without touching its media data.
package enum SegmentFile {
    /// Reads an initialisation segment.
    package static func readInit(_ path: String) throws(SegmenterError) -> InitSegment {
        let file = try File(reading: path)
        return try InitSegment(parsing: try file.read(at: 0, count: Int(file.size)))
    }

    /// Makes a plain media segment of a file that ffmpeg has begun with its own header, in place: what stands
    /// before its first fragment becomes a segment type and free space (ISO/IEC 14496-12 §8.16.2, §8.1.2).
    ///
    /// - Parameter length: where the first fragment begins.
    static func hideHeader(_ path: String, length: Int) throws(SegmenterError) {
        let free = length - typeBox.count
        guard free >= 8, let size = UInt32(exactly: free) else {
            throw .malformedMedia("a header of \(length) bytes")
        }
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - 8 * $0)) }
        try File.overwrite(typeBox + bytes + Array("free".utf8), in: path)
    }

    private static let typeBox = Array("\0\0\0\u{14}stypmsdh\0\0\0\0msdh".utf8)

    /// Reads the timing of a media segment's video, by its `moof` boxes alone.
    ///
    /// Blocks on the disk for a few kilobytes; call it from an executor that may block.
    package static func readTiming(
        _ path: String,
        track: Track
    ) throws(SegmenterError) -> FragmentTiming {
        let file = try File(reading: path)
        var fragments: [ArraySlice<UInt8>] = []
        let boxes = try FileBox.all(of: file)
        // Where a box's type is damaged its frames would be missing without a word.
        guard boxes.count(where: { $0.type == "moof" }) == boxes.count(where: { $0.type == "mdat" })
        else { throw .malformedMedia("a fragment lacks its moof or its mdat box") }
        for box in boxes where box.type == "moof" {
            fragments.append(try box.body(from: file)[...])
        }
        return try FragmentTiming(fragments: fragments, track: track)
    }

    /// Copies what a segment that may still be growing holds up to `bytes` into a file of its own.
    package static func copy(
        _ path: String,
        upTo bytes: Int,
        to target: String
    ) throws(SegmenterError) {
        try File(reading: path).copyBeginning(Int64(bytes), to: target)
    }
}
