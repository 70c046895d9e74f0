/// What a browser's `<video>` did while it played and sought.
package struct VideoPlayback: Sendable, Decodable {
    /// In seconds.
    package let duration: Double
    package let videoWidth: Int
    package let videoHeight: Int
    /// The media time of the first picture that was really presented.
    package let firstMediaTime: Double
    /// The media time of the first picture presented after seeking to the middle.
    package let soughtMediaTime: Double
    /// How many presented pictures were waited for, before and after the seek together.
    package let presentedFrames: Int
}
