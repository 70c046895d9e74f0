import Segmenter

/// Makes a clip's MP4 and thumbnail by ffmpeg, without encoding video anew.
struct ClipMaker: Sendable {
    static let videoName = "clip.mp4"
    static let thumbnailName = "thumbnail.jpg"
    private static let joinedName = "joined.mp4"
    private static let listName = "parts.ffconcat"
    /// Far more than an hour's clip takes: a job that hangs must not keep the others from their turn.
    private static let limit = Duration.seconds(900)

    let ffmpeg: FFmpeg
    /// The clip's folder, ffmpeg's working directory: names below are relative to it.
    let directory: String

    /// Cuts and joins the pieces into `clip.mp4`, its index in front (faststart).
    func makeVideo(_ cut: ClipCut, codec: String?, start: Timestamp) async throws(ArchiveError) {
        let folder = ClipFolder(path: directory)
        let first = cut.pieces[0]
        if cut.pieces.count == 1 {
            try await run(Self.cutting(first, codec: codec, start: start))
        } else {
            let keyframe = first.segments[first.segments.startIndex].mediaStart
            try await join(cut.pieces, from: keyframe, codec: codec, start: start)
            try await run(
                ["-seek_timestamp", "1", "-ss", (first.from - keyframe).ffmpegSeconds]
                    + ["-i", Self.joinedName] + Self.output(codec, start, Self.videoName)
            )
            folder.remove(Self.joinedName)
        }
        try MovieTrim.shorten(folder.file(Self.videoName), to: cut.duration)
    }

    /// Joins pieces of several runs, the first one from its keyframe on.
    ///
    /// Each run's media clock begins anew, so each piece becomes an MP4 of its own first: joined as they
    /// are, the durations come out wrong. And the lead-in from the keyframe to the first frame shown is
    /// cut only afterwards: the edit list that hides it would not survive the joining.
    private func join(
        _ pieces: [ClipCut.Piece],
        from keyframe: Duration,
        codec: String?,
        start: Timestamp
    ) async throws(ArchiveError) {
        let folder = ClipFolder(path: directory)
        var list = "ffconcat version 1.0\n"
        var names: [String] = []
        for (index, piece) in pieces.enumerated() {
            var piece = piece
            if index == 0 { piece.from = keyframe }
            let name = "part-\(index).mp4"
            try await run(Self.cutting(piece, codec: codec, start: start, to: name))
            names.append(name)
            list += "file \(name)\n"
        }
        try folder.write(Array(list.utf8), to: Self.listName)
        try await run(
            ["-f", "concat", "-i", Self.listName] + Self.output(codec, start, Self.joinedName)
        )
        for name in names + [Self.listName] { folder.remove(name) }
    }

    /// Decodes one frame of `segment` into `thumbnail.jpg`, at most 640 pixels wide.
    ///
    /// - Parameter time: the frame's, on the run's media clock.
    func makeThumbnail(of segment: FrozenSegment, at time: Duration) async throws(ArchiveError) {
        try await run(Self.thumbnail(of: segment, at: time))
    }

    private func run(_ arguments: [String]) async throws(ArchiveError) {
        let outcome: FFmpeg.Outcome
        do {
            outcome = try await ffmpeg.run(
                ["-v", "error", "-y"] + arguments,
                directory: directory,
                limit: Self.limit
            )
        } catch {
            throw .media("ffmpeg could not be started")
        }
        guard outcome.status.isSuccess else {
            let words = outcome.log.last ?? "no message"
            throw .media("ffmpeg ended with \(outcome.status): \(words)")
        }
    }

    // MARK: - Arguments

    static func cutting(
        _ piece: ClipCut.Piece,
        codec: String?,
        start: Timestamp,
        to name: String = videoName
    ) -> [String] {
        // A little short, so that no rounding lets the frame after the last one in.
        let length = piece.duration - .milliseconds(2)
        return [
            // On the run's own clock: by default ffmpeg counts from the input's first packet, and
            // that may be one of sound.
            "-seek_timestamp", "1",
            "-ss", piece.from.ffmpegSeconds,
            "-i", concatenation(piece.segments),
            "-t", length.ffmpegSeconds,
        ] + output(codec, start, name)
    }

    static func thumbnail(of segment: FrozenSegment, at time: Duration) -> [String] {
        [
            "-seek_timestamp", "1",
            "-ss", time.ffmpegSeconds,
            "-i", concatenation([segment]),
            "-frames:v", "1",
            "-vf", "scale='min(640,iw)':-2",
            "-q:v", "4",
            thumbnailName,
        ]
    }

    private static func output(_ codec: String?, _ start: Timestamp, _ name: String) -> [String] {
        ["-map", "0", "-c", "copy"]
            + (codec == "hevc" ? ["-tag:v", "hvc1"] : [])
            + ["-metadata", "creation_time=\(start.iso8601)", "-movflags", "+faststart", name]
    }

    /// An initialisation segment and the media segments after it are one MP4.
    private static func concatenation(_ segments: ArraySlice<FrozenSegment>) -> String {
        let initFile = segments.first.map { [$0.initFile] } ?? []
        return "concat:" + (initFile + segments.map(\.file)).joined(separator: "|")
    }
}
