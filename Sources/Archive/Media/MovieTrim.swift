import Glibc
import Segmenter

/// Shortens what an MP4 shows by the durations in its headers alone (ISO/IEC 14496-12 §8.2.2, §8.3.2,
/// §8.6.6).
///
/// ffmpeg stops copying by the time of decoding. With B-frames that lets in frames from after the end,
/// which some before it need: they have to stay in the file, but must not be shown.
enum MovieTrim {
    /// Shortens a file whose `moov` stands before its media. Blocks on the disk for a few kilobytes.
    static func shorten(_ path: String, to duration: Duration) throws(ArchiveError) {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(action: "trim the video", errno: errno) }
        defer { close(descriptor) }
        var offset = 0
        while let header = read(descriptor, at: offset, count: 8) {
            let size = Int(number(header, at: 0))
            guard size >= 8 else { break }
            if type(header, at: 0) == "moov" {
                guard var movie = read(descriptor, at: offset, count: size) else { break }
                shorten(&movie, to: duration)
                guard pwrite(descriptor, movie, size, off_t(offset)) == size else {
                    throw .file(action: "trim the video", errno: errno)
                }
                return
            }
            offset += size
        }
        throw .media("ffmpeg made a file without an index")
    }

    /// Shortens a whole `moov` box in memory.
    ///
    /// Only headers of version 0, which ffmpeg writes unless a clip is longer than seven weeks.
    static func shorten(_ movie: inout [UInt8], to duration: Duration) {
        let whole = children(of: 8..<movie.count, in: movie)
        guard let header = whole.first(where: { $0.type == "mvhd" })?.body,
            movie[header.lowerBound] == 0
        else { return }
        let timescale = Int64(number(movie, at: header.lowerBound + 12))
        // Downwards: a tick too many could show the frame after the last one.
        let limit = UInt32(clamping: duration.wholeMicroseconds * timescale / 1_000_000)
        lower(header.lowerBound + 16, to: limit, in: &movie)
        for track in whole where track.type == "trak" {
            for box in children(of: track.body, in: movie) {
                if box.type == "tkhd" { lower(box.body.lowerBound + 20, to: limit, in: &movie) }
                if box.type == "edts" { shortenEdits(box.body, to: limit, in: &movie) }
            }
        }
    }

    private static func shortenEdits(
        _ body: Range<Int>,
        to limit: UInt32,
        in movie: inout [UInt8]
    ) {
        for list in children(of: body, in: movie) where list.type == "elst" {
            var left = limit
            let entries = list.body.dropFirst(8)
            for entry in stride(from: entries.startIndex, to: entries.endIndex - 11, by: 12) {
                left -= lower(entry, to: left, in: &movie)
            }
        }
    }

    /// Sets a number to `limit` if it is larger, and gives back what it is then.
    @discardableResult
    private static func lower(_ offset: Int, to limit: UInt32, in movie: inout [UInt8]) -> UInt32 {
        let value = min(number(movie, at: offset), limit)
        for byte in 0..<4 {
            movie[offset + byte] = UInt8(truncatingIfNeeded: value >> (24 - 8 * byte))
        }
        return value
    }

    private static func children(
        of body: Range<Int>,
        in movie: [UInt8]
    ) -> [(type: String, body: Range<Int>)] {
        var found: [(type: String, body: Range<Int>)] = []
        var offset = body.lowerBound
        while offset + 8 <= body.upperBound {
            let size = Int(number(movie, at: offset))
            guard size >= 8, offset + size <= body.upperBound else { break }
            found.append((type(movie, at: offset), offset + 8..<offset + size))
            offset += size
        }
        return found
    }

    private static func number(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func type(_ bytes: [UInt8], at offset: Int) -> String {
        String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self)
    }

    private static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return pread(descriptor, &bytes, count, off_t(offset)) == count ? bytes : nil
    }
}
