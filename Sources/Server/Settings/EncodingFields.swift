import Segmenter

/// The settings of encoding as they stand in the environment or in a camera's entry, unchecked.
struct EncodingFields {
    private let encoder: String?
    private let preset: String?
    private let crf: String?
    private let size: String?
    private let rate: String?
    private let pixelFormat: String?

    static let names: Set<String> = [
        "FFMPEG_ENCODER", "FFMPEG_PRESET", "FFMPEG_CRF", "VIDEO_SIZE", "VIDEO_RATE",
        "PIXEL_FORMAT",
    ]

    init(_ reader: SettingsReader) {
        encoder = reader.text("FFMPEG_ENCODER")
        preset = reader.text("FFMPEG_PRESET")
        crf = reader.text("FFMPEG_CRF")
        size = reader.text("VIDEO_SIZE")
        rate = reader.text("VIDEO_RATE")
        pixelFormat = reader.text("PIXEL_FORMAT")
    }

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
            guard let value = Int(crf), Encoding.crfs.contains(value) else {
                throw UsageError("\(place("FFMPEG_CRF"))=\(crf) is not a whole number from 0 to 51")
            }
            encoding.crf = value
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
            guard let value = Double(rate), Encoding.frameRates.contains(value) else {
                throw UsageError(
                    "\(place("VIDEO_RATE"))=\(rate) is not a number of frames a second from 1 to 120"
                )
            }
            encoding.frameRate = value
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

/// As members of a camera's entry: the settings' names in lower case.
extension EncodingFields: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case encoder = "ffmpeg_encoder"
        case preset = "ffmpeg_preset"
        case crf = "ffmpeg_crf"
        case size = "video_size"
        case rate = "video_rate"
        case pixelFormat = "pixel_format"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        encoder = try container.decodeIfPresent(String.self, forKey: .encoder)
        preset = try container.decodeIfPresent(String.self, forKey: .preset)
        crf = try container.decodeIfPresent(Int.self, forKey: .crf)?.description
        size = try container.decodeIfPresent(String.self, forKey: .size)
        rate = try container.decodeIfPresent(Double.self, forKey: .rate)?.description
        pixelFormat = try container.decodeIfPresent(String.self, forKey: .pixelFormat)
    }
}
