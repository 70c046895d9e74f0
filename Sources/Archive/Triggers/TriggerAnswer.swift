package import Segmenter

/// What has become of a request: the clips that it made or lengthened, and who was refused.
package struct TriggerAnswer: Sendable, Equatable {
    /// A camera that could not serve, and why.
    package struct Refusal: Sendable, Hashable, Codable {
        package let camera: String
        package let detail: String

        package init(camera: String, detail: String) {
            self.camera = camera
            self.detail = detail
        }
    }

    package let incident: String?
    /// The moment of the event.
    package let timestamp: Timestamp
    /// Those that have been deleted since are not among them.
    package var clips: [Clip]
    package let refused: [Refusal]
    /// The request had been answered before, under the same key.
    package var isReplayed = false
}
