/// What ffmpeg said of its input in its log, before it began to write.
package struct InputDescription: Sendable, Hashable {
    package struct Video: Sendable, Hashable {
        /// ffmpeg's name for it: `h264`, `hevc`, `mjpeg`, `rawvideo` …
        package var codec: String
        package var width: Int?
        package var height: Int?
        package var framesPerSecond: Double?
    }

    /// ffmpeg's names of the format: `rtsp`, `mov,mp4,m4a,3gp,3g2,mj2`.
    package var format: String?
    package var video: Video?
    /// ffmpeg's name of the first audio stream's codec.
    package var audioCodec: String?
    /// Its profile, if ffmpeg knows it: of AAC that says how to decode it, `LC`.
    package var audioProfile: String?
    /// Whether the input states how long it is: a recording, not a live source.
    package var isRecording = false
    /// Whether what ffmpeg looked at to find this out had timestamps.
    package var hasTimestamps = true
    /// Whether the sound is AAC with a header on each frame (ISO/IEC 13818-7 ADTS).
    package var hasADTS = false

    /// Whether the format can say when a frame is shown; else ffmpeg counts frames at a guessed rate.
    package var isTimedFormat: Bool {
        !["h264", "hevc", "mjpeg", "mpjpeg", "m4v"].contains(format)
    }
}

/// Gathers an `InputDescription` from ffmpeg's log, line by line.
///
/// The lines are those of av_dump_format (libavformat/dump.c): an `Input #` line, then `Duration:` and
/// `Stream #` lines, up to whatever begins the output's part.
struct InputLogParser: Sendable {
    private enum State {
        case before
        case inside
        case after
    }

    private var state = State.before
    private var input = InputDescription()

    /// Takes in a line; gives back the description once it is complete.
    mutating func add(_ line: some StringProtocol) -> InputDescription? {
        let text = line.drop { $0 == " " }
        switch state {
        case .before:
            guard text.hasPrefix("Input #") else { break }
            state = .inside
            // `Input #0, rtsp, from 'rtsp://…':`
            if let start = text.firstRange(of: ", "), let end = text.firstRange(of: ", from '"),
                start.upperBound < end.lowerBound
            {
                input.format = String(text[start.upperBound..<end.lowerBound])
            }
        case .inside:
            if text.hasPrefix("Duration:") {
                input.isRecording = !text.hasPrefix("Duration: N/A") && !isEndlessMovie(text)
                input.hasTimestamps = text.contains(" start: ")
            } else if text.hasPrefix("Stream #") {
                addStream(String(text))
            } else if text.hasPrefix("Stream mapping:") || text.hasPrefix("Output #") {
                return finish()
            }
        case .after:
            break
        }
        return nil
    }

    /// Gives the description if it has begun, for nothing of it follows.
    mutating func finish() -> InputDescription? {
        guard state == .inside else { return nil }
        state = .after
        return input
    }

    /// Of fragmented MP4 the duration stated is that of what has come so far. Without a bit rate the number of
    /// its bytes isn't known: it is being made.
    private func isEndlessMovie(_ duration: some StringProtocol) -> Bool {
        input.format?.hasPrefix("mov,") == true && duration.contains("bitrate: N/A")
    }

    /// `Stream #0:0(und): Video: h264 (High), yuv420p(progressive), 640x360 [SAR 1:1], 25 fps, 25 tbr`
    private mutating func addStream(_ line: String) {
        func words(after marker: String) -> [Substring]? {
            guard let range = line.firstRange(of: marker) else { return nil }
            return line[range.upperBound...].split(separator: " ")
        }
        func codec(_ word: Substring) -> String {
            String(word.prefix { $0 != "," })
        }
        if let words = words(after: "Video: "), let first = words.first {
            guard input.video == nil else { return }
            var video = InputDescription.Video(codec: codec(first))
            // Without an average rate only the one guessed from the time base is stated.
            for unit in ["tbr", "fps"] {
                for (word, next) in zip(words, words.dropFirst())
                where next.prefix(while: { $0 != "," }) == unit {
                    video.framesPerSecond = Double(word) ?? video.framesPerSecond
                }
            }
            for word in words where video.width == nil {
                let sides = word.prefix { $0 != "," }.split(separator: "x", maxSplits: 1)
                // Not `0x31637661`, the codec's tag.
                if sides.count == 2, let width = Int(sides[0]), let height = Int(sides[1]),
                    width > 0
                {
                    (video.width, video.height) = (width, height)
                }
            }
            input.video = video
        } else if let words = words(after: "Audio: "), let first = words.first {
            guard input.audioCodec == nil else { return }
            input.audioCodec = codec(first)
            // `aac (LC) (mp4a / 0x6134706D), 48000 Hz`; a tag in brackets has a slash within.
            if !first.hasSuffix(","), words.count > 2, words[1].hasPrefix("("),
                !words[1].hasPrefix("(["), words[2] != "/"
            {
                input.audioProfile = String(words[1].dropFirst().prefix { $0 != ")" })
            }
            // The stream type of ADTS in MPEG-TS (ISO/IEC 13818-1, table 2-34).
            input.hasADTS = line.contains(" / 0x000F)")
        }
    }
}
