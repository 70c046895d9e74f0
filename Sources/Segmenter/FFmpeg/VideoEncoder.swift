/// What turns video that cannot be copied into H.264: x264, or a chip.
///
/// Common to all: no B-frames, nothing held back, and keyframes where they are asked for alone.
package enum VideoEncoder: String, Sendable, Hashable, CaseIterable {
    case libx264
    /// Intel and AMD graphics, by VA-API.
    case vaapi = "h264_vaapi"
    /// Chips of single-board computers, by the kernel's V4L2 memory-to-memory interface.
    case v4l2m2m = "h264_v4l2m2m"
    /// NVIDIA.
    case nvenc = "h264_nvenc"
    /// Intel Quick Sync Video.
    case qsv = "h264_qsv"

    /// What stands before the inputs: the device.
    var deviceArguments: [String] {
        switch self {
        // Without a path ffmpeg takes the first render node that works.
        case .vaapi: ["-init_hw_device", "vaapi=encoder", "-filter_hw_device", "encoder"]
        case .libx264, .v4l2m2m, .nvenc, .qsv: []
        }
    }

    /// What the pictures need at the end of the filter chain.
    var filters: [String] {
        switch self {
        case .vaapi: ["format=nv12", "hwupload"]
        case .qsv, .nvenc: ["format=nv12"]
        case .libx264, .v4l2m2m: ["format=yuv420p"]
        }
    }

    /// The encoder and its rate control.
    func arguments(_ encoding: CameraConfiguration.Encoding) -> [String] {
        // To these encoders 0 means "choose yourself", not "without loss".
        let quality = String(max(1, encoding.crf))
        let common = ["-c:v", rawValue, "-bf", "0"]
        // Else most would set keyframes of their own, a dozen frames or so apart.
        let chip = common + ["-g", "600"]
        switch self {
        case .libx264:
            // zerolatency: without it x264 holds up to a second and a half of frames back, and a
            // segment would close that much after what it shows.
            return common
                + ["-preset", encoding.preset, "-crf", String(encoding.crf)]
                + ["-tune", "zerolatency"]
        case .vaapi:
            // Constant quality is the one rate control that every driver has.
            return chip + ["-rc_mode", "CQP", "-qp", quality]
                + ["-compression_level", String(Self.swiftness(encoding.preset))]
                + ["-async_depth", "1"]
        case .qsv:
            return chip + ["-global_quality", quality]
                + ["-preset", Self.qsvPresets[7 - Self.swiftness(encoding.preset)]]
                + ["-async_depth", "1", "-forced_idr", "1"]
        case .nvenc:
            return chip + ["-rc", "vbr", "-cq", quality, "-b:v", "0"]
                + ["-preset", "p\(8 - Self.swiftness(encoding.preset))", "-tune", "ll"]
                + ["-zerolatency", "1", "-delay", "0", "-forced-idr", "1"]
        case .v4l2m2m:
            return chip + ["-b:v", String(Self.bitRate(encoding))]
        }
    }

    private static let qsvPresets = [
        "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow",
    ]

    /// x264's preset on the scale of the chips: 7, the fastest, to 1.
    private static func swiftness(_ preset: String) -> Int {
        let steps = CameraConfiguration.Encoding.presets
        return max(1, 7 - max(0, (steps.firstIndex(of: preset) ?? 0) - 2))
    }

    /// Bits a second for an encoder that knows no quality: about what x264 makes of a lively scene.
    private static func bitRate(_ encoding: CameraConfiguration.Encoding) -> Int {
        let size = encoding.size ?? PictureSize(width: 1280, height: 720)
        let pixels = Double(size.width * size.height) * (encoding.frameRate ?? 25)
        // x264's scale: six steps double or halve the rate.
        var bits = 0.12 * pixels
        let steps = encoding.crf - 23
        for _ in 0..<abs(steps) { bits *= steps > 0 ? sixthRootOfHalf : 1 / sixthRootOfHalf }
        return Int(min(max(bits, 200_000), 40_000_000) / 1000) * 1000
    }

    private static let sixthRootOfHalf = 0.890_898_718_140_339
}
