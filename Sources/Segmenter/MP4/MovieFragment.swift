/// A movie fragment (ISO/IEC 14496-12 §8.8), to be changed and written anew with its media data.
struct MovieFragment {
    struct Sample {
        let duration: UInt32
        private(set) var flags: UInt32
        /// What the time when it is shown has over that of its decoding.
        var offset: Int32
        /// Where it lies in the file.
        let place: Range<Int>
        /// What it holds instead of that.
        var replacement: [UInt8]?
        var isDropped = false
        /// It need not lie behind the one before it.
        fileprivate let beginsRun: Bool

        /// Whether decoding can begin with it, as its file says (§8.8.3.1).
        var isKeyframe: Bool {
            get { flags & Self.isNoKeyframe == 0 }
            set { flags = newValue ? flags & ~Self.isNoKeyframe : flags | Self.isNoKeyframe }
        }

        private static let isNoKeyframe: UInt32 = 0x0001_0000
    }

    struct TrackFragment {
        let track: UInt32
        /// Its header, as it is.
        fileprivate let header: ArraySlice<UInt8>
        var decodeTime: UInt64
        /// In the order of decoding.
        var samples: [Sample]
    }

    /// The box that counts fragments, as it is.
    private let sequence: ArraySlice<UInt8>
    var tracks: [TrackFragment]

    /// - Parameters:
    ///   - body: of a `moof` box.
    ///   - offset: where the box begins in a file of `size` bytes.
    ///   - defaults: by track, from `trex`: a sample's duration and flags.
    init(
        _ body: ArraySlice<UInt8>,
        at offset: Int,
        inFileOf size: Int,
        defaults: [UInt32: (duration: UInt32, flags: UInt32)]
    ) throws(SegmenterError) {
        guard let sequence = try BoxReader.find("mfhd", in: body) else {
            throw .malformedMedia("a fragment without its header")
        }
        self.sequence = sequence
        tracks = []
        for box in try BoxReader.all("traf", in: body) {
            tracks.append(try TrackFragment(box, at: offset, size, defaults))
        }
    }

    /// Both boxes; nothing if no sample is left.
    ///
    /// The tracks' data lies in the order in which it lay.
    ///
    /// - Parameter file: that it was read from.
    func bytes(from file: [UInt8]) -> [UInt8] {
        let runs = tracks.flatMap(\.runs).sorted { $0.position < $1.position }
        if runs.isEmpty { return [] }
        // The head's length does not depend on where the data begins.
        let length = head(runs, dataOffset: 0).count
        let data = runs.flatMap { run in
            run.samples.flatMap { $0.replacement.map { $0[...] } ?? file[$0.place] }
        }
        return head(runs, dataOffset: length + 8) + BoxWriter.box("mdat", data)
    }

    private func head(_ runs: [SampleRun], dataOffset: Int) -> [UInt8] {
        var boxes: [UInt32: [UInt8]] = [:]
        var offset = dataOffset
        for run in runs {
            boxes[run.track, default: []] += run.box(dataOffset: offset)
            offset += run.samples.reduce(0) { $0 + $1.count }
        }
        let fragments = tracks.flatMap { fragment -> [UInt8] in
            guard let runs = boxes[fragment.track] else { return [] }
            let time = [1, 0, 0, 0] + BoxWriter.number(fragment.decodeTime)
            return BoxWriter.box(
                "traf",
                BoxWriter.box("tfhd", Array(fragment.header)) + BoxWriter.box("tfdt", time) + runs
            )
        }
        return BoxWriter.box("moof", BoxWriter.box("mfhd", Array(sequence)) + fragments)
    }
}

extension MovieFragment.Sample {
    fileprivate var count: Int { replacement?.count ?? place.count }
}

/// Samples of one track that lie together (§8.8.8).
private struct SampleRun {
    let track: UInt32
    /// Where they lay in the file.
    let position: Int
    var samples: [MovieFragment.Sample]

    /// With all that can be said of each sample. In version 1 offsets may be negative.
    func box(dataOffset: Int) -> [UInt8] {
        var body: [UInt8] = [1, 0, 0x0F, 0x01] + BoxWriter.number(UInt32(samples.count))
        body += BoxWriter.number(UInt32(dataOffset))
        for sample in samples {
            body += BoxWriter.number(sample.duration)
            body += BoxWriter.number(UInt32(sample.count))
            body += BoxWriter.number(sample.flags)
            body += BoxWriter.number(UInt32(bitPattern: sample.offset))
        }
        return BoxWriter.box("trun", body)
    }
}

extension MovieFragment.TrackFragment {
    fileprivate init(
        _ body: ArraySlice<UInt8>,
        at base: Int,
        _ fileSize: Int,
        _ defaults: [UInt32: (duration: UInt32, flags: UInt32)]
    ) throws(SegmenterError) {
        guard let header = try BoxReader.find("tfhd", in: body),
            let time = try BoxReader.find("tfdt", in: body)
        else { throw .malformedMedia("a fragment without its header") }
        var reader = BoxReader(header)
        let present = try reader.unsigned32()
        track = try reader.unsigned32()
        // §8.8.7: a base of its own would be wrong elsewhere.
        guard present & 0x01 == 0 else { throw .malformedMedia("a fragment with absolute offsets") }
        if present & 0x02 != 0 { try reader.skip(4) }
        var (duration, flags) = defaults[track] ?? (0, 0)
        if present & 0x08 != 0 { duration = try reader.unsigned32() }
        let size = present & 0x10 != 0 ? try reader.unsigned32() : nil
        if present & 0x20 != 0 { flags = try reader.unsigned32() }
        self.header = header
        var timeReader = BoxReader(time)
        decodeTime =
            try timeReader.unsigned32() >> 24 == 1
            ? try timeReader.unsigned64() : UInt64(try timeReader.unsigned32())
        guard decodeTime < UInt64(Int64.max / 2) else {
            throw .malformedMedia("a decode time of \(decodeTime) ticks")
        }
        samples = []
        for box in try BoxReader.all("trun", in: body) {
            try append(box, at: base, fileSize, usual: (duration, size, flags))
        }
    }

    /// More than a fragment ever holds: a damaged count must not exhaust memory.
    private static let maximumCount = 100_000

    private mutating func append(
        _ run: ArraySlice<UInt8>,
        at base: Int,
        _ fileSize: Int,
        usual: (duration: UInt32, size: UInt32?, flags: UInt32)
    ) throws(SegmenterError) {
        var reader = BoxReader(run)
        let fields = try reader.unsigned32()
        let count = try reader.unsigned32()
        guard fields & 0x001 != 0 else { throw .malformedMedia("samples without their place") }
        guard Int(count) <= Self.maximumCount - samples.count else {
            throw .malformedMedia("a fragment of \(count) samples")
        }
        var position = base + Int(Int32(bitPattern: try reader.unsigned32()))
        let firstFlags = fields & 0x004 != 0 ? try reader.unsigned32() : nil
        for index in 0..<count {
            let duration = fields & 0x100 != 0 ? try reader.unsigned32() : usual.duration
            let size = fields & 0x200 != 0 ? try reader.unsigned32() : usual.size
            let flags = fields & 0x400 != 0 ? try reader.unsigned32() : usual.flags
            let offset = fields & 0x800 != 0 ? Int32(bitPattern: try reader.unsigned32()) : 0
            guard let size, position >= 0, position + Int(size) <= fileSize else {
                throw .malformedMedia("a sample that is not in its file")
            }
            samples.append(
                .init(
                    duration: duration,
                    flags: index == 0 ? firstFlags ?? flags : flags,
                    offset: offset,
                    place: position..<position + Int(size),
                    beginsRun: index == 0
                )
            )
            position += Int(size)
        }
    }

    fileprivate var runs: [SampleRun] {
        var runs: [SampleRun] = []
        for sample in samples {
            if sample.beginsRun {
                let position = sample.place.lowerBound
                runs.append(SampleRun(track: track, position: position, samples: []))
            }
            if !sample.isDropped { runs[runs.count - 1].samples.append(sample) }
        }
        return runs.filter { !$0.samples.isEmpty }
    }
}
