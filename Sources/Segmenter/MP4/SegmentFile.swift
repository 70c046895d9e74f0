import Glibc

/// A finished file of a run, read without touching its media data.
package enum SegmentFile {
    /// Reads an initialisation segment.
    package static func readInit(_ path: String) throws(SegmenterError) -> InitSegment {
        let file = try File(reading: path)
        return try InitSegment(parsing: try file.read(at: 0, count: Int(file.size)))
    }

    /// Cuts off what follows the `moov` box of an initialisation segment.
    ///
    /// Where every frame is a keyframe, ffmpeg puts the first fragments there too, and each segment
    /// played after it would begin with them.
    static func trimInit(_ path: String) throws(SegmenterError) {
        let file = try File(reading: path)
        let boxes = try FileBox.all(of: file)
        guard let movie = boxes.first(where: { $0.type == "moov" }) else { return }
        let end = movie.offset + movie.length
        if end < file.size && truncate(path, off_t(end)) != 0 {
            throw .system(call: "truncate", errno: errno)
        }
    }

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
        try File(reading: path).copy(from: 0, count: Int64(bytes), to: target)
    }
}
