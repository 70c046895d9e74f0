/// A stretch of a recording in a file.
package protocol MediaFile {
    var duration: Duration { get }
    /// The file's size.
    var bytes: Int { get }
}

extension Sequence where Element: MediaFile {
    /// Bits a second, sound and container included; nil without footage.
    package var bitRate: Int? {
        let seconds = reduce(Duration.zero) { $0 + $1.duration }.seconds
        return seconds > 0 ? Int(Double(8 * reduce(0) { $0 + $1.bytes }) / seconds) : nil
    }
}
