/// How many frames ffmpeg's reader holds back before it hands one on.
///
/// A reader that is told a frame's length hands it on when it has arrived: it holds none. One that has to
/// meet the beginning of the next frame holds one. Measured with ffmpeg 5.1 at two frames a second, from
/// the sending of a frame to its arrival at the muxer, copied and encoded alike.
enum HeldFrames {
    /// - Parameters:
    ///   - input: what ffmpeg said of its input; nil while it has said nothing.
    ///   - framesHaveLengths: each part of multipart MJPEG states its length.
    static func count(
        of input: InputDescription?,
        from source: CameraSource,
        framesHaveLengths: Bool
    ) -> Int {
        guard let format = input?.format else { return usualCount(from: source) }
        return count(format, codec: input?.video?.codec ?? "", framesHaveLengths)
    }

    /// Of what a kind of source usually sends.
    private static func usualCount(from source: CameraSource) -> Int {
        switch source {
        case .rtsp: 1
        case .usb, .http, .file, .testPattern: 0
        }
    }

    private static func count(
        _ format: String,
        codec: String,
        _ framesHaveLengths: Bool
    ) -> Int {
        switch format {
        // A frame's last RTP packet is marked, but a parser waits for the next frame all the same.
        case "rtsp", "sdp", "rtp": hasPatientParser(codec) ? 1 : 0
        // The pictures have no lengths here, nor has what encloses them: the one reader waits for the
        // other's next. Where a stream states them after all, it is one less.
        case "mpegts", "hls", "mpeg": 2
        // A frame's last piece shares a packet with the next frame's first.
        case "asf": codec == "mjpeg" ? 1 : 2
        case "h264", "hevc", "m4v", "mpegvideo", "mjpeg", "jpeg_pipe": 1
        case "mpjpeg": framesHaveLengths ? 0 : 1
        // FLV, MP4, Matroska, AVI, V4L2, ffmpeg's own pictures.
        default: 0
        }
    }

    /// Codecs whose frames ffmpeg's parser delimits again, although RTP has done so.
    private static func hasPatientParser(_ codec: String) -> Bool {
        ["h264", "hevc", "mpeg4", "mpeg2video", "mpeg1video", "h263"].contains(codec)
    }
}
