/// All that a camera needs to be recorded.
package struct CameraConfiguration: Sendable, Hashable {
    /// Part of paths and URLs: lower-case letters, digits, `-` and `_`, at most 64.
    package var id: String
    package var name: String
    package var source: CameraSource
    package var enabled: Bool
    /// How much the ring holds.
    package var bufferDuration: Duration
    package var segmentDuration: Duration
    package var encoding: Encoding
    /// What the camera takes from lens to network: its footage is placed earlier by it.
    package var latency: Duration

    package init(
        id: String,
        name: String? = nil,
        source: CameraSource,
        enabled: Bool = true,
        bufferDuration: Duration = .seconds(60),
        segmentDuration: Duration = .seconds(2),
        encoding: Encoding = Encoding(),
        latency: Duration = .zero
    ) {
        self.id = id
        self.name = name ?? id
        self.source = source
        self.enabled = enabled
        self.bufferDuration = bufferDuration
        self.segmentDuration = segmentDuration
        self.encoding = encoding
        self.latency = latency
    }

    /// Whether `id` may name a camera.
    package static func isValid(id: String) -> Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
