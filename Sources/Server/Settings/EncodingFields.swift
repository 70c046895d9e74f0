import Segmenter

/// The settings of encoding as they stand in the environment or in a camera's entry, unchecked.
struct EncodingFields {
    var encoder: String?
    var preset: String?
    var crf: Int?
    var size: String?
    var rate: Double?
    var pixelFormat: String?

    static let names: Set<String> = [
        "FFMPEG_ENCODER", "FFMPEG_PRESET", "FFMPEG_CRF", "VIDEO_SIZE", "VIDEO_RATE",
        "PIXEL_FORMAT",
    ]

    /// The settings, each as `standard` has it where nothing is said.
    ///
    /// - Parameter place: what an error says of the place, given a setting's name as in `names`.
    func encoding(
        standard: CameraConfiguration.Encoding,
        place: (_ name: String) -> String
    ) throws(UsageError) -> CameraConfiguration.Encoding {
        typealias Encoding = CameraConfiguration.Encoding
        var encoding = standard
        if let encoder {
            guard let known = VideoEncoder(rawValue: encoder) else {
                let all = VideoEncoder.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError("\(place("FFMPEG_ENCODER"))=\(encoder) is not one of \(all)")
            }
            encoding.encoder = known
        }
        if let preset {
            guard Encoding.presets.contains(preset) else {
                let all = Encoding.presets.joined(separator: ", ")
                throw UsageError("\(place("FFMPEG_PRESET"))=\(preset) is not one of \(all)")
            }
            encoding.preset = preset
        }
        if let crf {
            guard Encoding.crfs.contains(crf) else {
                throw UsageError("\(place("FFMPEG_CRF"))=\(crf) is not a whole number from 0 to 51")
            }
            encoding.crf = crf
        }
        if let size {
            guard let known = PictureSize(size) else {
                throw UsageError(
                    "\(place("VIDEO_SIZE"))=\(size) is no size such as 1280x720 with even sides"
                )
            }
            encoding.size = known
        }
        if let rate {
            guard Encoding.frameRates.contains(rate) else {
                throw UsageError(
                    "\(place("VIDEO_RATE"))=\(rate) is not a number of frames a second from 1 to 120"
                )
            }
            encoding.frameRate = rate
        }
        if let pixelFormat {
            guard Encoding.isValid(pixelFormat: pixelFormat) else {
                throw UsageError(
                    """
                    \(place("PIXEL_FORMAT"))=\(pixelFormat) is no format's name: see what \
                    ffmpeg -f v4l2 -list_formats all -i DEVICE lists
                    """
                )
            }
            encoding.pixelFormat = pixelFormat
        }
        return encoding
    }
}
