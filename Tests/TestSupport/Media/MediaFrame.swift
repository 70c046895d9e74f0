/// One frame or packet of a media file.
package struct MediaFrame: Sendable, Equatable {
    /// In seconds.
    package let pts: Double
    package let isKey: Bool
}
