import Segmenter

/// Makes a clip's MP4 and thumbnail by ffmpeg, encoding anew only what cannot be joined as it is.
struct ClipMaker: Sendable {
    static let videoName = "clip.mp4"
    static let thumbnailName = "thumbnail.jpg"
    private static let joinedName = "joined.mp4"
    private static let soundName = "sound.mp4"
    private static let listName = "parts.ffconcat"
    /// Far more than an hour's clip takes: a job that hangs must not keep the others from their turn.
    private static let limit = Duration.seconds(900)
    /// How many seconds the encoding of one second may take besides.
    private static let encodingPatience = 30

    let ffmpeg: FFmpeg
    /// For video that has to be encoded anew.
    let encoding: CameraConfiguration.Encoding
    /// The clip's folder, ffmpeg's working directory: names below are relative to it.
    let directory: String

    private var folder: ClipFolder { ClipFolder(path: directory) }

    /// Cuts and joins the pieces into `clip.mp4`, its index in front (faststart).
    func makeVideo(
        _ cut: ClipCut,
        plan: JoinPlan,
        start: Timestamp
    ) async throws(ArchiveError) {
        let output = Self.output(start, Self.videoName)
        let first = cut.pieces[0]
        let pieces = EncodingArguments(pieces: cut.pieces, plan: plan)
        var sound: [String] = []
        if plan.sound == .encoded {
            try await makeSound(pieces)
            sound = ["-i", Self.soundName]
        }
        switch plan.picture {
        case .encoded:
            try await run(
                pieces.inputs + sound + ["-filter_complex", pieces.pictureGraph]
                    + EncodingArguments.picture(encoding, length: cut.duration)
                    + (sound.isEmpty ? [] : ["-map", "\(cut.pieces.count):a", "-c:a", "copy"])
                    + output,
                limit: Self.limit + cut.duration * Self.encodingPatience
            )
        case .copied(let codec) where cut.pieces.count > 1:
            let keyframe = first.segments[first.segments.startIndex].mediaStart
            try await join(cut.pieces, from: keyframe, plan, start)
            try await run(
                Self.input(Self.joinedName, from: first.from - keyframe) + sound
                    + ["-map", "0"] + (sound.isEmpty ? [] : ["-map", "1"])
                    + Self.copying(codec, after: first.leadIn) + output
            )
        case .copied(let codec):
            try await run(Self.cutting(first, codec: codec) + output)
        }
        for name in [Self.joinedName, Self.soundName] { folder.remove(name) }
        try MovieTrim.shorten(folder.file(Self.videoName), to: cut.duration)
    }

    /// Encodes the sound of all pieces, with silence where there is none.
    private func makeSound(_ pieces: EncodingArguments) async throws(ArchiveError) {
        try await run(
            pieces.inputs + ["-filter_complex", pieces.soundGraph]
                + ["-map", "[a]", "-c:a", "aac", "-b:a", "96k", Self.soundName]
        )
    }

    /// Joins pieces of several runs, the first one from its keyframe on.
    ///
    /// Each run's media clock begins anew, so each piece becomes an MP4 of its own first: joined as they
    /// are, the durations come out wrong. And the lead-in from the keyframe to the first frame shown is
    /// cut only afterwards: the edit list that hides it would not survive the joining.
    private func join(
        _ pieces: [ClipCut.Piece],
        from keyframe: Duration,
        _ plan: JoinPlan,
        _ start: Timestamp
    ) async throws(ArchiveError) {
        var list = "ffconcat version 1.0\n"
        var names: [String] = []
        for (index, piece) in pieces.enumerated() {
            var piece = piece
            if index == 0 { (piece.from, piece.leadIn) = (keyframe, nil) }
            let name = "part-\(index).mp4"
            try await run(
                Self.cutting(piece, codec: plan.videoCodec)
                    // The joining counts all parts in the first one's ticks.
                    + (plan.sound == .encoded ? ["-an"] : [])
                    + ["-video_track_timescale", "90000", name]
            )
            names.append(name)
            // By default a part begins with its first packet, which may be one of sound, and is as long
            // as the longer of its tracks.
            list += "file \(name)\ninpoint 0\nduration \(piece.duration.ffmpegSeconds)\n"
        }
        try folder.write(Array(list.utf8), to: Self.listName)
        try await run(
            ["-f", "concat", "-i", Self.listName, "-map", "0"] + Self.copying(plan.videoCodec)
                + Self.output(start, Self.joinedName)
        )
        for name in names + [Self.listName] { folder.remove(name) }
    }

    /// Decodes one frame of segments that follow each other into `thumbnail.jpg`, at most 640 pixels wide.
    ///
    /// - Parameter time: the frame's, on the run's media clock.
    func makeThumbnail(
        of segments: ArraySlice<FrozenSegment>,
        at time: Duration
    ) async throws(ArchiveError) {
        try await run(Self.thumbnail(of: segments, at: time))
    }

    private func run(
        _ arguments: [String],
        limit: Duration = limit
    ) async throws(ArchiveError) {
        let outcome: FFmpeg.Outcome
        do {
            outcome = try await ffmpeg.run(
                ["-v", "error", "-y"] + arguments,
                directory: directory,
                limit: limit
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

    /// A piece as input, and its picture and sound as they are.
    ///
    /// ffmpeg looks for the keyframe to begin with by when it is decoded, and may find one that is shown after
    /// the first frame: so it is sent back by the difference, and the times forth again.
    static func cutting(_ piece: ClipCut.Piece, codec: String) -> [String] {
        let name = concatenation(piece.segments)
        let back = piece.reordering
        return (back > .zero ? ["-itsoffset", "-" + back.ffmpegSeconds] : [])
            + input(name, from: piece.from - back) + ["-t", piece.lengthForFFmpeg, "-map", "0"]
            + copying(codec, after: piece.leadIn)
    }

    static func thumbnail(of segments: ArraySlice<FrozenSegment>, at time: Duration) -> [String] {
        input(concatenation(segments), from: time) + [
            "-frames:v", "1",
            "-vf", "\(SquarePixels.filter),scale='min(640,iw)':-2",
            "-q:v", "4",
            thumbnailName,
        ]
    }

    /// A piece as input, from its first frame on.
    static func input(_ piece: ClipCut.Piece) -> [String] {
        input(concatenation(piece.segments), from: piece.from)
    }

    private static func input(_ name: String, from time: Duration) -> [String] {
        // On the file's own clock: by default ffmpeg counts from the input's first packet, and that may
        // be one of sound. And from a keyframe that the file calls one: without `noparse` ffmpeg looks into
        // the pictures, and begins with one that `IndependentSegment` has struck off.
        ["-fflags", "+noparse", "-seek_timestamp", "1", "-ss", time.ffmpegSeconds, "-i", name]
    }

    private static func copying(_ codec: String, after leadIn: LeadIn? = nil) -> [String] {
        ["-c", "copy"] + (codec == "hevc" ? ["-tag:v", "hvc1"] : [])
            + (leadIn?.bitstreamFilters ?? [])
    }

    private static func output(_ start: Timestamp, _ name: String) -> [String] {
        ["-metadata", "creation_time=\(start.iso8601)", "-movflags", "+faststart", name]
    }

    /// An initialisation segment and the media segments after it are one MP4.
    private static func concatenation(_ segments: ArraySlice<FrozenSegment>) -> String {
        let initFile = segments.first.map { [$0.initFile] } ?? []
        return "concat:" + (initFile + segments.map(\.file)).joined(separator: "|")
    }
}

extension ClipCut.Piece {
    /// A little short, so that no rounding lets the frame after the last one in.
    var lengthForFFmpeg: String { (duration - .milliseconds(2)).ffmpegSeconds }
}
