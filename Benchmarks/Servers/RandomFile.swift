import Foundation
import TestSupport

/// A file of bytes that differ everywhere, so that a wrong place of it shows.
enum RandomFile {
    private static let chunk = 1 << 20

    /// Writes a new file and brings it to the disk, so that nothing is written while measuring.
    ///
    /// - Parameter seed: another gives other bytes; not 0.
    static func write(count: Int, seed: UInt64 = 1, to file: URL) throws {
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw TestFailure("cannot write \(file.path)")
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var state = seed
        var words = [UInt64](repeating: 0, count: chunk / 8)
        var left = count
        while left > 0 {
            for index in words.indices {
                // xorshift64
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                words[index] = state
            }
            let data = words.withUnsafeBytes { Data($0.prefix(left)) }
            try handle.write(contentsOf: data)
            left -= data.count
        }
        try DurableFile.sync(file)
    }

    /// Some bytes of a file.
    static func read(_ range: Range<Int>, of file: URL) throws -> Data {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        try handle.seek(toOffset: UInt64(range.lowerBound))
        return try handle.read(upToCount: range.count) ?? Data()
    }
}
