import Glibc

/// A finished file of a run, read without touching its media data.
package enum SegmentFile {
    /// Reads an initialisation segment.
    package static func readInit(_ path: String) throws(SegmenterError) -> InitSegment {
        let file = try File(reading: path)
        return try InitSegment(parsing: try file.read(at: 0, count: Int(file.size)))
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
        var offset: Int64 = 0
        while offset < file.size {
            var header = BoxReader(try file.read(at: offset, count: 16)[...])
            var size = Int64(try header.unsigned32())
            let type = String(decoding: try header.take(4), as: UTF8.self)
            if size == 1 { size = Int64(clamping: try header.unsigned64()) }
            if size == 0 { size = file.size - offset }
            guard size >= 8, size <= file.size - offset else {
                throw .malformedMedia("a \(type) box of \(size) bytes reaches past the file's end")
            }
            if type == "moof" {
                let box = try file.read(at: offset, count: Int(size))
                guard let body = try BoxReader.find("moof", in: box[...]) else { break }
                fragments.append(body)
            }
            offset += size
        }
        return try FragmentTiming(fragments: fragments, track: track)
    }
}
