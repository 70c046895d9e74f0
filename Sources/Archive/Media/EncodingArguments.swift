import Segmenter

/// ffmpeg's arguments for pieces that cannot stand in one track as they are.
///
/// Each piece is an input of its own and is decoded from its first frame to its last. `interleave`, by
/// moment, rather than `concat` lines up the pictures: `concat` guesses how long a piece's last frame
/// lasts, and would move the piece after it.
struct EncodingArguments {
    private static let sampleRate: Int64 = 48_000
    private static let layout = "stereo"

    let pieces: [ClipCut.Piece]
    let plan: JoinPlan

    /// The pieces as inputs.
    var inputs: [String] {
        pieces.flatMap { piece in
            // One thread each: at any time only one of them decodes, but all of them hold pictures.
            ["-threads", "1", "-t", piece.lengthForFFmpeg] + ClipMaker.input(piece)
        }
    }

    /// What makes one picture `[v]` of the inputs'.
    var pictureGraph: String {
        let chains = zip(pieces.indices, starts).map(picture)
        return (chains + [labels("v") + "interleave=\(pieces.count)[v]"]).joined(separator: ";")
    }

    /// What makes one sound `[a]` of the inputs'.
    ///
    /// Not to be used in one job with the picture's: ffmpeg would hold a minute of pictures in memory
    /// while it looks for sound.
    var soundGraph: String {
        let chains = zip(pieces.indices, starts).map(sound)
        return (chains + [labels("a") + "concat=\(pieces.count):v=0:a=1[a]"])
            .joined(separator: ";")
    }

    /// Where each piece begins in the video.
    private var starts: [Duration] {
        pieces.indices.map { pieces[..<$0].reduce(.zero) { $0 + $1.duration } }
    }

    private func labels(_ kind: String) -> String {
        pieces.indices.map { "[\(kind)\($0)]" }.joined()
    }

    /// Fits a piece's picture into the video's, with black around it where the shapes differ.
    private func picture(_ index: Int, _ start: Duration) -> String {
        let (width, height) = (plan.width, plan.height)
        return """
            [\(index):v:0]settb=AVTB,setpts=PTS+\(start.wholeMicroseconds),\
            scale=w='2*round(min(\(width),\(height)*dar)/2)':h='2*round(min(\(height),\(width)/dar)/2)',\
            pad=\(width):\(height):-1:-1,setsar=1,format=yuv420p[v\(index)]
            """
    }

    /// A piece's sound, or silence, as long as its picture to the sample.
    private func sound(_ index: Int, _ start: Duration) -> String {
        let end = start + pieces[index].duration
        let count = Self.samples(end) - Self.samples(start)
        let source =
            plan.piecesWithSound.contains(index)
            ? "[\(index):a:0]aresample=\(Self.sampleRate):async=1:first_pts=0,"
                + "aformat=sample_fmts=fltp:channel_layouts=\(Self.layout),apad"
            : "anullsrc=r=\(Self.sampleRate):cl=\(Self.layout),aformat=sample_fmts=fltp"
        // Counted anew: where a track holds no sound at all, `apad` does not say when its silence is.
        return source + ",atrim=end_sample=\(count),asetpts=NB_CONSUMED_SAMPLES[a\(index)]"
    }

    private static func samples(_ time: Duration) -> Int64 {
        (time.wholeMicroseconds * sampleRate + 500_000) / 1_000_000
    }

    /// How the picture becomes H.264: each frame at its own moment.
    static func picture(
        _ encoding: CameraConfiguration.Encoding,
        length: Duration
    ) -> [String] {
        [
            "-map", "[v]",
            "-c:v", "libx264",
            "-preset", encoding.preset,
            "-crf", String(encoding.crf),
            "-fps_mode", "passthrough",
            "-enc_time_base", "1:90000",
            "-video_track_timescale", "90000",
            // x264 would take the time base for a frame rate, and state a level that no player has.
            "-x264-params", "fps=60",
            "-force_key_frames", "expr:gte(t,n_forced*2)",
            // ffmpeg 5.1 does not know how long the last frame lasts: up to the end. (The muxer asks of
            // the last packet only, which without B-frames is the last one shown.)
            "-bf", "0",
            "-bsf:v", "setts=duration=\(length.ffmpegSeconds)/TB-PTS",
        ]
    }
}
