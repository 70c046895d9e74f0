/// Silence as a run's sound, of the kind that another run has: players take from a playlist's first run which tracks
/// there are, and fail, or mix them up, where a later one has others.
package struct SilentSound: Sendable {
    private static let samplesOfFrame: Int64 = 1024
    /// Raw data blocks of AAC-LC without a sound (ISO/IEC 14496-3 §4.4.2.1), by the number of channels.
    private static let frames: [Int: [UInt8]] = [
        1: [0x00, 0xC8, 0x00, 0x80, 0x23, 0x80],
        2: [0x21, 0x00, 0x49, 0x90, 0x02, 0x19, 0x00, 0x23, 0x80],
    ]

    private let track: Track
    private let frame: [UInt8]
    /// What describes it in an initialisation segment, whole boxes.
    private let description: [UInt8]
    private let defaults: [UInt8]

    /// - Parameter initFile: the other run's.
    /// - Returns: nil if it has no sound, or one that is not imitated.
    package init?(like initFile: [UInt8]) throws(SegmenterError) {
        guard let track = try InitSegment(parsing: initFile).audio, track.profile?.profile == "LC",
            let movie = try BoxReader.find("moov", in: initFile[...]),
            let extends = try BoxReader.find("mvex", in: movie)
        else { return nil }
        self.track = track
        var (description, defaults, channels): ([UInt8], [UInt8], Int) = ([], [], 0)
        for body in try BoxReader.all("trak", in: movie) {
            guard let header = try BoxReader.find("tkhd", in: body),
                try TrackHeader(header).id == track.id,
                let entries = try BoxReader.find("mdia", "minf", "stbl", "stsd", in: body)
            else { continue }
            description = BoxWriter.box("trak", Array(body))
            // The number of entries, and the first one's beginning (ISO/IEC 14496-12 §12.2.3).
            var reader = BoxReader(entries)
            try reader.skip(8 + 8 + 16)
            channels = Int(try reader.unsigned16())
        }
        for body in try BoxReader.all("trex", in: extends) {
            var reader = BoxReader(body)
            try reader.skip(4)
            if try reader.unsigned32() == track.id {
                defaults = BoxWriter.box("trex", Array(body))
            }
        }
        guard let frame = Self.frames[channels], !description.isEmpty, !defaults.isEmpty else {
            return nil
        }
        (self.frame, self.description, self.defaults) = (frame, description, defaults)
    }

    /// A silent run's initialisation segment with this sound in it; nil if the run has a track of this number.
    package func adding(to initFile: [UInt8]) throws(SegmenterError) -> [UInt8]? {
        let tracks = try InitSegment(parsing: initFile).tracks
        if tracks.contains(where: { $0.id == track.id }) { return nil }
        var completed: [UInt8] = []
        for box in try Self.boxes(in: initFile[...]) {
            let body = box.type == "moov" ? try adding(toMovie: box.body) : Array(box.body)
            completed += BoxWriter.box(box.type, body)
        }
        return completed
    }

    private func adding(toMovie movie: ArraySlice<UInt8>) throws(SegmenterError) -> [UInt8] {
        let boxes = try Self.boxes(in: movie)
        let last = boxes.lastIndex { $0.type == "trak" }
        var completed: [UInt8] = []
        for (index, box) in boxes.enumerated() {
            let more = box.type == "mvex" ? defaults : []
            completed += BoxWriter.box(box.type, Array(box.body) + more)
            if index == last { completed += description }
        }
        return completed
    }

    /// A fragment of silence for a stretch of a run's media clock: stretches that touch give silence that does.
    package func fragment(from start: Duration, to end: Duration) -> [UInt8] {
        let first = frameNumber(at: start)
        let count = Int(max(0, frameNumber(at: end) - first))
        if count == 0 { return [] }
        // Its data's base is the fragment; a duration, a size and flags for all: each can be decoded alone.
        let header: [UInt8] =
            [0, 2, 0, 0x38] + BoxWriter.number(track.id)
            + BoxWriter.number(UInt32(Self.samplesOfFrame)) + BoxWriter.number(UInt32(frame.count))
            + BoxWriter.number(UInt32(0x0200_0000))
        let time = [1, 0, 0, 0] + BoxWriter.number(UInt64(max(0, first * Self.samplesOfFrame)))
        func head(_ dataOffset: Int) -> [UInt8] {
            let run =
                [0, 0, 0, 1] + BoxWriter.number(UInt32(count))
                + BoxWriter.number(UInt32(dataOffset))
            let fragment =
                BoxWriter.box("tfhd", header) + BoxWriter.box("tfdt", time)
                + BoxWriter.box("trun", run)
            return BoxWriter.box(
                "moof",
                BoxWriter.box("mfhd", Array(repeating: 0, count: 8))
                    + BoxWriter.box("traf", fragment)
            )
        }
        let data = Array(repeatElement(frame, count: count).joined())
        return head(head(0).count + 8) + BoxWriter.box("mdat", data)
    }

    /// The first frame that begins at a moment or after it.
    private func frameNumber(at moment: Duration) -> Int64 {
        let ticks = (moment - track.shift).wholeMicroseconds * track.timescale
        let unit = Self.samplesOfFrame * 1_000_000
        return (ticks + unit - 1) / unit
    }

    private static func boxes(
        in bytes: ArraySlice<UInt8>
    ) throws(SegmenterError) -> [BoxReader.Box] {
        var reader = BoxReader(bytes)
        var boxes: [BoxReader.Box] = []
        while let box = try reader.next() { boxes.append(box) }
        return boxes
    }
}
