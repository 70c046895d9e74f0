import Foundation

/// Writes into an MP4, or an initialisation segment, that its picture is to be turned to the right, as a telephone does that
/// is held upright (ISO/IEC 14496-12 §8.3.2).
package func turn(_ path: String) throws {
    var data = try Data(contentsOf: URL(filePath: path))
    guard let header = data.range(of: Data("tkhd".utf8)) else { throw TestFailure("no track") }
    // After version and flags, two times, the id, a reserved field, the duration, and sixteen bytes more.
    let matrix = header.upperBound + 4 + 8 + 4 + 4 + 4 + 16
    func write(_ number: Int32, _ index: Int) {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
        data.replaceSubrange(matrix + 4 * index..<matrix + 4 * index + 4, with: bytes)
    }
    for (index, number) in [0, 1 << 16, 0, -(1 << 16), 0].enumerated() {
        write(Int32(number), index)
    }
    try data.write(to: URL(filePath: path))
}
