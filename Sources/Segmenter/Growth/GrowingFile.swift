import CLinux
import Glibc

/// A media file that ffmpeg still writes to: gives its fragments, each once, as soon as it is whole.
final class GrowingFile {
    /// A fragment's head, and of a keyframe what it says of its decoding, in one read.
    private static let window = 4096

    private let file: File
    /// Where the next box begins.
    private(set) var position: Int64 = 0
    /// The boxes before the first fragment: `ftyp` and `moov`.
    private(set) var header: [UInt8] = []
    /// `header` is whole.
    private(set) var hasMovie = false

    /// Throws ENOENT when ffmpeg has not begun it yet.
    init(_ path: String) throws(SegmenterError) {
        file = try File(reading: path)
    }

    /// How long the file is, and when it was last written to, as its file system has it.
    func state() -> (size: Int64, changed: Timestamp) {
        var status = stat()
        fstat(file.descriptor, &status)
        return (
            Int64(status.st_size),
            Timestamp(microseconds: clinux_modification_time(&status))
        )
    }

    /// The next fragment that is whole in the first `size` bytes; nil if there is none yet, and once when the
    /// header is whole, so that it can be read before what it describes.
    func nextFragment(within size: Int64, media: InitSegment?) throws(SegmenterError)
        -> Fragment?
    {
        while position + 8 <= size {
            let bytes = try file.read(at: position, count: Self.window)
            var reader = BoxReader(bytes[...])
            let length = Int64(try reader.unsigned32())
            let type = try reader.unsigned32()
            guard length >= 8 else {
                throw .malformedMedia("a box of \(length) bytes")
            }
            guard position + length <= size else { return nil }
            guard type == Self.moof else {
                // Where a box's type is damaged its frames would be missing without a word.
                if type == Self.mdat { throw .malformedMedia("media data without its fragment") }
                if !hasMovie { header += try file.read(at: position, count: Int(length)) }
                position += length
                if type == Self.moov {
                    hasMovie = true
                    return nil
                }
                continue
            }
            guard let media else { throw .malformedMedia("a fragment before its moov box") }
            return try fragment(length: length, in: bytes, within: size, media)
        }
        return nil
    }

    private func fragment(
        length: Int64,
        in window: [UInt8],
        within size: Int64,
        _ media: InitSegment
    ) throws(SegmenterError) -> Fragment? {
        let head = Int(length)
        let bytes =
            head + 16 <= window.count
            ? window : try file.read(at: position, count: head + ParameterSets.reach + 16)
        guard bytes.count >= head + 8 else { return nil }
        var reader = BoxReader(bytes[head...])
        var dataLength = Int64(try reader.unsigned32())
        guard try reader.unsigned32() == Self.mdat else {
            throw .malformedMedia("a fragment without its media data")
        }
        var dataHeader = 8
        if dataLength == 1 {
            guard bytes.count >= head + 16 else { return nil }
            dataLength = Int64(clamping: try reader.unsigned64())
            dataHeader = 16
        }
        guard dataLength >= Int64(dataHeader) else {
            throw .malformedMedia("media data of \(dataLength) bytes")
        }
        let end = position + length + dataLength
        guard end <= size else { return nil }
        defer { position = end }
        let dataStart = head + dataHeader
        return try Fragment(
            offset: position,
            length: end - position,
            head: bytes[8..<head],
            beginning: bytes[
                dataStart..<min(bytes.count, dataStart + Int(dataLength) - dataHeader)
            ],
            media: media
        )
    }

    private static let moof = code("moof")
    private static let mdat = code("mdat")
    private static let moov = code("moov")

    private static func code(_ type: StaticString) -> UInt32 {
        (0..<4).reduce(0) { $0 << 8 | UInt32(type.utf8Start[$1]) }
    }
}
