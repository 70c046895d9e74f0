import Segmenter

/// Do the encoders that are asked for work here?
enum EncoderCheck {
    /// A finding for each encoder of the enabled cameras that is not libx264.
    static func run(_ cameras: [CameraConfiguration], ffmpeg: FFmpeg) async -> [Finding] {
        var tried: Set<VideoEncoder> = [.libx264]
        var findings: [Finding] = []
        for camera in cameras where camera.enabled {
            guard tried.insert(camera.encoding.encoder).inserted else { continue }
            findings.append(await check(camera.encoding, ffmpeg))
        }
        return findings
    }

    // A warning, not a failure: libx264 stands in.
    private static func check(
        _ encoding: CameraConfiguration.Encoding,
        _ ffmpeg: FFmpeg
    ) async -> Finding {
        let name = encoding.encoder.rawValue
        switch await EncoderTrial.run(encoding, ffmpeg: ffmpeg) {
        case nil:
            return .good("\(name) encodes")
        case .unknown:
            return .warning(
                "this ffmpeg has no \(name), so libx264 would encode",
                remedy: "set FFMPEG_PATH to an ffmpeg that has it, or FFMPEG_ENCODER=libx264"
            )
        case .fails(let reason):
            return .warning(
                "\(name) cannot be used, so libx264 would encode: \(reason)",
                remedy: "\(remedy(encoding.encoder)), or set FFMPEG_ENCODER=libx264"
            )
        }
    }

    private static func remedy(_ encoder: VideoEncoder) -> String {
        switch encoder {
        case .libx264: "install ffmpeg with libx264"
        case .vaapi:
            "install the graphics driver for VA-API (vainfo shows it) and join the group render"
        case .qsv: "install the driver for Quick Sync (intel-media-va-driver and libmfx)"
        case .nvenc: "install NVIDIA's driver with libcuda and libnvidia-encode"
        case .v4l2m2m: "see that a /dev/video device encodes (v4l2-ctl --list-devices)"
        }
    }
}
