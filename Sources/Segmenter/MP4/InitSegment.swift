/// What a run's initialisation segment says of its tracks (ISO/IEC 14496-12 §8: moov, trak, mvex).
package struct InitSegment: Sendable, Hashable {
    package let tracks: [Track]

    package var video: Track? {
        tracks.first { if case .video = $0.kind { true } else { false } }
    }

    package var audio: Track? {
        tracks.first { $0.kind == .audio }
    }

    /// The media type with its codecs (RFC 6381), as Media Source Extensions take it; nil if one of them
    /// has no known name.
    package var mediaType: String? { mediaType(withSound: true) }

    /// The same, or that of the picture alone.
    ///
    /// - Parameter withSound: false while none comes: players that expect it wait for it, and show nothing.
    package func mediaType(withSound: Bool) -> String? {
        let tracks = withSound || video == nil ? tracks : tracks.filter { $0.kind != .audio }
        let codecs = tracks.compactMap(\.profile?.codecs)
        guard !codecs.isEmpty, codecs.count == tracks.count else { return nil }
        return "video/mp4; codecs=\"\(codecs.joined(separator: ","))\""
    }
}

extension InitSegment {
    package init(parsing file: [UInt8]) throws(SegmenterError) {
        guard let movie = try BoxReader.find("moov", in: file[...]),
            let header = try BoxReader.find("mvhd", in: movie)
        else {
            throw .malformedMedia("an initialisation segment without a moov box")
        }
        let movieTimescale = try Self.timescale(header)
        let defaults = try Self.defaults(in: file)
        var tracks: [Track] = []
        for body in try BoxReader.all("trak", in: movie) {
            if let track = try Self.track(body, movieTimescale, defaults) { tracks.append(track) }
        }
        self.tracks = tracks
    }

    /// By track, from `trex`: what a fragment that is silent about a sample means.
    static func defaults(
        in file: [UInt8]
    ) throws(SegmenterError) -> [UInt32: (duration: UInt32, flags: UInt32)] {
        guard let extends = try BoxReader.find("moov", "mvex", in: file[...]) else { return [:] }
        var defaults: [UInt32: (duration: UInt32, flags: UInt32)] = [:]
        for body in try BoxReader.all("trex", in: extends) {
            var reader = BoxReader(body)
            try reader.skip(4)
            let id = try reader.unsigned32()
            try reader.skip(4)
            let duration = try reader.unsigned32()
            try reader.skip(4)
            defaults[id] = (duration, try reader.unsigned32())
        }
        return defaults
    }

    /// A track of picture or sound; nil for any other.
    private static func track(
        _ body: ArraySlice<UInt8>,
        _ movieTimescale: Int64,
        _ defaults: [UInt32: (duration: UInt32, flags: UInt32)]
    ) throws(SegmenterError) -> Track? {
        guard let header = try BoxReader.find("tkhd", in: body),
            let mediaHeader = try BoxReader.find("mdia", "mdhd", in: body),
            let handler = try BoxReader.find("mdia", "hdlr", in: body),
            let descriptions = try BoxReader.find("mdia", "minf", "stbl", "stsd", in: body)
        else {
            throw .malformedMedia("a track without its headers")
        }
        let trackHeader = try TrackHeader(header)
        let id = trackHeader.id

        var descriptionReader = BoxReader(descriptions)
        try descriptionReader.skip(8)
        guard let entry = try descriptionReader.next() else {
            throw .malformedMedia("a track without a sample entry")
        }
        var handlerReader = BoxReader(handler)
        try handlerReader.skip(8)
        let kind: Track.Kind
        var shownSize: PictureSize?
        switch String(decoding: try handlerReader.take(4), as: UTF8.self) {
        case "vide":
            // §12.1.3: reference index, pre-defined and reserved fields, then the size in pixels.
            var entryReader = BoxReader(entry.body)
            try entryReader.skip(24)
            let width = Int(try entryReader.unsigned16())
            let height = Int(try entryReader.unsigned16())
            kind = .video(width: width, height: height)
            shownSize = trackHeader.shownSize(of: PictureSize(width: width, height: height))
        case "soun":
            kind = .audio
        default:
            return nil
        }
        let timescale = try timescale(mediaHeader)
        return Track(
            id: id,
            kind: kind,
            format: entry.type,
            timescale: timescale,
            shift: try shift(body, movieTimescale: movieTimescale, timescale: timescale),
            defaultDuration: defaults[id]?.duration ?? 0,
            defaultFlags: defaults[id]?.flags ?? 0,
            decoderParameters: SampleEntry.decoderParameters(of: entry, kind: kind),
            matrix: trackHeader.matrix,
            shownSize: shownSize,
            profile: CodecProfile(format: entry.type, entry: entry.body)
        )
    }

    /// The timescale of an `mvhd` or `mdhd`, which begin alike.
    private static func timescale(_ body: ArraySlice<UInt8>) throws(SegmenterError) -> Int64 {
        var reader = BoxReader(body)
        try reader.skip(try reader.unsigned32() >> 24 == 1 ? 16 : 8)
        let timescale = Int64(try reader.unsigned32())
        guard timescale > 0 else { throw .malformedMedia("a timescale of zero") }
        return timescale
    }

    /// What the edit list (§8.6.6) adds to composition times: its empty edits delay the track, and its
    /// first real edit says which media time comes first.
    private static func shift(
        _ track: ArraySlice<UInt8>,
        movieTimescale: Int64,
        timescale: Int64
    ) throws(SegmenterError) -> Duration {
        guard let list = try BoxReader.find("edts", "elst", in: track) else { return .zero }
        var reader = BoxReader(list)
        let wide = try reader.unsigned32() >> 24 == 1
        var shift = Duration.zero
        for _ in 0..<(try reader.unsigned32()) {
            let length =
                wide ? Int64(clamping: try reader.unsigned64()) : Int64(try reader.unsigned32())
            let mediaTime =
                wide
                ? Int64(bitPattern: try reader.unsigned64())
                : Int64(Int32(bitPattern: try reader.unsigned32()))
            try reader.skip(4)
            if mediaTime >= 0 {
                return shift - (try MediaTime.make(ticks: mediaTime, timescale: timescale))
            }
            shift += try MediaTime.make(ticks: length, timescale: movieTimescale)
        }
        return shift
    }
}
