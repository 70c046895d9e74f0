/// When one track's samples of a media segment are shown (ISO/IEC 14496-12 §8.8: moof, traf, trun).
package struct FragmentTiming: Sendable, Hashable {
    package struct Frame: Sendable, Hashable {
        /// On the run's media clock, as all times here.
        package let decoded: Duration
        package let shown: Duration
        package let isKeyframe: Bool

        package init(decoded: Duration, shown: Duration, isKeyframe: Bool) {
            self.decoded = decoded
            self.shown = shown
            self.isKeyframe = isKeyframe
        }
    }

    /// The samples in the order of decoding.
    package let frames: [Frame]
    /// Each sample's moment on the run's media clock, in the order in which they are shown.
    package let frameTimes: [Duration]
    /// The end of the last sample shown.
    package let end: Duration
    /// When decoding begins, and when it has come to its end, on the same clock. Nothing that follows is
    /// shown before `decodeEnd`; with B-frames that lies before `end`.
    let decodeStart: Duration
    let decodeEnd: Duration
    package let startsOnKeyframe: Bool

    package var start: Duration { frameTimes[0] }

    /// The usual distance between two frames.
    package var frameInterval: Duration {
        (end - start) / frameTimes.count
    }

    /// How long it takes to play. Between two fragments ffmpeg leaves no gap in the times of decoding: if
    /// the media clock jumps there, the second's first sample lasts as long as the jump.
    var playDuration: Duration { decodeEnd - max(decodeStart, start - .seconds(1)) }

    /// How much later than they are decoded keyframes are shown, at most; zero without B-frames.
    package var reordering: Duration {
        frames.filter(\.isKeyframe).map { $0.shown - $0.decoded }.max() ?? .zero
    }

    /// Adds up movie fragments that follow each other.
    ///
    /// - Parameter fragments: the bodies of their `moof` boxes, in order.
    init(fragments: [ArraySlice<UInt8>], track: Track) throws(SegmenterError) {
        var samples: [Sample] = []
        for fragment in fragments {
            for body in try BoxReader.all("traf", in: fragment) {
                samples += try Self.samples(body, track)
            }
        }
        guard let timing = try FragmentTiming(samples, track) else {
            throw .malformedMedia("a segment without a frame of its video")
        }
        self = timing
    }

    /// Reads one movie fragment; nil if it has none of the track's samples.
    ///
    /// - Parameter fragment: the body of its `moof` box.
    init?(fragment: ArraySlice<UInt8>, track: Track) throws(SegmenterError) {
        var samples: [Sample] = []
        for body in try BoxReader.all("traf", in: fragment) {
            samples += try Self.samples(body, track)
        }
        guard let timing = try FragmentTiming(samples, track) else { return nil }
        self = timing
    }

    /// When a track's samples of a movie fragment begin, by decoding; nil if it has none.
    static func start(
        of track: Track,
        in fragment: ArraySlice<UInt8>
    ) throws(SegmenterError) -> Duration? {
        for body in try BoxReader.all("traf", in: fragment) {
            if let first = try Self.samples(body, track).first {
                return try track.shown(first.decodeTime)
            }
        }
        return nil
    }

    /// - Parameter samples: in the order of decoding.
    private init?(_ samples: [Sample], _ track: Track) throws(SegmenterError) {
        guard let first = samples.first, let newest = samples.last else { return nil }
        startsOnKeyframe = first.isKeyframe
        decodeStart = try track.shown(first.decodeTime)
        decodeEnd = try track.shown(newest.decodeTime + newest.duration)
        frames = try samples.map { (sample) throws(SegmenterError) in
            Frame(
                decoded: try track.shown(sample.decodeTime),
                shown: try track.shown(sample.time),
                isKeyframe: sample.isKeyframe
            )
        }
        // The list is in decoding order; B-frames are shown in another.
        let samples = samples.sorted { $0.time < $1.time }
        frameTimes = try samples.map { (sample) throws(SegmenterError) in
            try track.shown(sample.time)
        }
        let last = samples[samples.count - 1]
        end = try track.shown(last.time + last.duration)
    }

    /// More samples than a file ever holds (some minutes at the highest rates): a damaged count must
    /// not exhaust memory.
    private static let maximumCount = 100_000

    private struct Sample {
        /// When it is shown (its composition time), and when it is decoded.
        let time: Int64
        let decodeTime: Int64
        let duration: Int64
        let isKeyframe: Bool
    }

    /// The samples of a `traf`, or none when it belongs to another track.
    private static func samples(
        _ body: ArraySlice<UInt8>,
        _ track: Track
    ) throws(SegmenterError) -> [Sample] {
        guard let headerBody = try BoxReader.find("tfhd", in: body) else { return [] }
        var header = BoxReader(headerBody)
        let present = try header.unsigned32()
        guard try header.unsigned32() == track.id else { return [] }
        var duration = track.defaultDuration
        var flags = track.defaultFlags
        if present & 0x01 != 0 { try header.skip(8) }
        if present & 0x02 != 0 { try header.skip(4) }
        if present & 0x08 != 0 { duration = try header.unsigned32() }
        if present & 0x10 != 0 { try header.skip(4) }
        if present & 0x20 != 0 { flags = try header.unsigned32() }

        guard let timeBody = try BoxReader.find("tfdt", in: body) else {
            throw .malformedMedia("a fragment without its decode time")
        }
        var timeReader = BoxReader(timeBody)
        var time =
            try timeReader.unsigned32() >> 24 == 1
            ? Int64(clamping: try timeReader.unsigned64()) : Int64(try timeReader.unsigned32())
        guard time < Int64.max / 2 else { throw .malformedMedia("a decode time of \(time) ticks") }

        var samples: [Sample] = []
        for run in try BoxReader.all("trun", in: body) {
            var reader = BoxReader(run)
            let fields = try reader.unsigned32()
            let count = Int(try reader.unsigned32())
            guard count <= maximumCount - samples.count else {
                throw .malformedMedia("a fragment of \(count) samples")
            }
            if fields & 0x001 != 0 { try reader.skip(4) }
            var firstFlags = fields & 0x004 != 0 ? try reader.unsigned32() : nil
            for _ in 0..<count {
                let length = fields & 0x100 != 0 ? try reader.unsigned32() : duration
                if fields & 0x200 != 0 { try reader.skip(4) }
                let own = fields & 0x400 != 0 ? try reader.unsigned32() : flags
                // Version 0 calls the offset unsigned, yet writers put negative ones there too.
                let offset =
                    fields & 0x800 != 0 ? Int32(bitPattern: try reader.unsigned32()) : 0
                samples.append(
                    Sample(
                        time: time + Int64(offset),
                        decodeTime: time,
                        duration: Int64(length),
                        // sample_is_non_sync_sample, §8.8.3.1
                        isKeyframe: (firstFlags ?? own) & 0x0001_0000 == 0
                    )
                )
                firstFlags = nil
                time += Int64(length)
            }
        }
        return samples
    }
}
