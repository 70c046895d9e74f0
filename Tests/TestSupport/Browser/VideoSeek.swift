/// Where a browser's `<video>` came to by one seek.
package struct VideoSeek: Sendable, Decodable {
    /// What it then said its time was, in seconds.
    package let currentTime: Double
    /// The media time of the picture that it then presented, in seconds.
    package let mediaTime: Double
}
