/// A segment's fragments, to be changed at their beginning.
struct SegmentContent {
    private enum Part {
        /// A box of another kind, by its place in the file.
        case other(Range<Int>)
        case fragment(MovieFragment)
    }

    private var parts: [Part] = []
    private let track: Track
    private let initFile: [UInt8]

    /// Reads the heads of a segment's fragments, and nothing of its media.
    ///
    /// - Parameters:
    ///   - count: so many bytes of the file are the segment.
    ///   - initFile: of its run.
    init(
        _ file: borrowing File,
        count: Int,
        _ initFile: [UInt8],
        _ track: Track
    ) throws(SegmenterError) {
        self.track = track
        self.initFile = initFile
        let defaults = try InitSegment.defaults(in: initFile)
        var isMediaOfFragment = false
        var offset = 0
        while offset < count {
            var reader = BoxReader(try file.read(at: Int64(offset), count: 8)[...])
            let length = Int(try reader.unsigned32())
            let type = String(decoding: reader.rest, as: UTF8.self)
            guard length >= 8, offset + length <= count else {
                throw .malformedMedia("a \(type) box of \(length) bytes in a segment")
            }
            if type == "moof" {
                let body = try file.read(at: Int64(offset + 8), count: length - 8)
                parts.append(
                    .fragment(
                        try MovieFragment(
                            body[...],
                            at: offset,
                            inFileOf: count,
                            defaults: defaults
                        )
                    )
                )
            } else if type != "mdat" || !isMediaOfFragment {
                parts.append(.other(offset..<offset + length))
            }
            isMediaOfFragment = type == "moof"
            offset += length
        }
    }

    /// What it is now.
    ///
    /// - Parameter file: the whole segment, as it was.
    func bytes(from file: [UInt8]) -> [UInt8] {
        parts.flatMap { part in
            switch part {
            case .other(let place): Array(file[place])
            case .fragment(let fragment): fragment.bytes(from: file)
            }
        }
    }

    /// Has keyframes that are open be none, but for the first; says whether there are any, and whether the first
    /// is open.
    mutating func closeKeyframes(
        _ file: borrowing File
    ) throws(SegmenterError) -> (isFirstOpen: Bool, areOthers: Bool) {
        var (isFirst, isFirstOpen, areOthers) = (true, false, false)
        for place in places {
            for (index, sample) in self[place].samples.enumerated() where sample.isKeyframe {
                let beginning = try file.read(
                    at: Int64(sample.place.lowerBound),
                    count: min(sample.place.count, OpenKeyframe.reach)
                )
                let isOpen = OpenKeyframe.isAt(beginning[...], format: track.format)
                if isFirst {
                    isFirstOpen = isOpen
                } else if isOpen {
                    areOthers = true
                    self[place].samples[index].isKeyframe = false
                }
                isFirst = false
            }
        }
        return (isFirstOpen, areOthers)
    }

    /// When its first picture is shown, in the track's ticks.
    var start: Int64? {
        guard let video = places.first.map({ self[$0] }), let sample = video.samples.first else {
            return nil
        }
        return Int64(clamping: video.decodeTime) + Int64(sample.offset)
    }

    /// Leaves out what is shown before the keyframe; false if there is nothing.
    mutating func dropLeadingPictures() -> Bool {
        guard let first = places.first, let start else { return false }
        var dropped: UInt64 = 0
        search: for place in places {
            var video = self[place]
            defer { self[place] = video }
            var time = video.decodeTime
            let isFirst = place == first
            for (index, sample) in video.samples.enumerated() {
                let isKeyframe = isFirst && index == 0
                defer { time += UInt64(sample.duration) }
                if isKeyframe { continue }
                guard Int64(clamping: time) + Int64(sample.offset) < start else { break search }
                video.samples[index].isDropped = true
                dropped += UInt64(sample.duration)
                if !isFirst { video.decodeTime += UInt64(sample.duration) }
            }
        }
        if dropped == 0 { return false }
        // The keyframe is decoded so much later: then no time is missing between two pictures.
        self[first].decodeTime += dropped
        self[first].samples[0].offset &-= Int32(truncatingIfNeeded: dropped)
        return true
    }

    /// Crosses out what H.264's pictures order about those from before the first; false if there is nothing.
    ///
    /// As far as their headers can be understood.
    ///
    /// - Parameter file: the whole segment, as it was.
    mutating func forgetEarlierPictures(_ file: [UInt8]) -> Bool {
        guard track.codec == "h264", var marks = try? ReferenceMarks(initFile) else { return false }
        var isChanged = false
        for place in places {
            for (index, sample) in self[place].samples.enumerated() where !sample.isDropped {
                do throws(SegmenterError) {
                    guard let picture = try marks.forgetEarlier(in: file[sample.place]) else {
                        continue
                    }
                    self[place].samples[index].replacement = picture
                    isChanged = true
                } catch {
                    return isChanged
                }
            }
        }
        return isChanged
    }

    // MARK: - The pictures

    /// A fragment's video.
    private struct Place: Hashable {
        let part: Int
        let track: Int
    }

    private var places: [Place] {
        parts.enumerated().compactMap { index, part in
            guard case .fragment(let fragment) = part,
                let video = fragment.tracks.firstIndex(where: { $0.track == track.id }),
                !fragment.tracks[video].samples.isEmpty
            else { return nil }
            return Place(part: index, track: video)
        }
    }

    private subscript(place: Place) -> MovieFragment.TrackFragment {
        get {
            guard case .fragment(let fragment) = parts[place.part] else { preconditionFailure() }
            return fragment.tracks[place.track]
        }
        set {
            guard case .fragment(var fragment) = parts[place.part] else { preconditionFailure() }
            fragment.tracks[place.track] = newValue
            parts[place.part] = .fragment(fragment)
        }
    }
}
