import Segmenter

/// Brings segments into a clip's folder, each under its next number, and remembers where they stand.
///
/// What a stretch begins with has to be decoded without what was before it, see `IndependentSegment`.
struct SegmentFreezer {
    private let folder: ClipFolder
    private(set) var segments: [FrozenSegment]
    /// The initialisation segment's name in the folder, by run.
    private var initFiles: [String: String] = [:]

    /// - Parameter segments: those that an earlier life of the program has brought in.
    init(folder: ClipFolder, segments: [FrozenSegment]) {
        self.folder = folder
        self.segments = segments
        for segment in segments { initFiles[segment.run] = segment.initFile }
    }

    /// Links or copies one segment, and its run's initialisation segment if that is new here; gives the
    /// names of what it has brought in. What was kept of it while it was growing is replaced.
    mutating func freeze(_ segment: Segment) throws(ArchiveError) -> [String] {
        let initFile = initFiles[segment.run.id] ?? Self.initName(initFiles.count + 1)
        if initFiles[segment.run.id] == nil {
            try folder.adopt(segment.run.initPath, as: initFile)
            initFiles[segment.run.id] = initFile
        }
        let isKnown = segments.last.map { $0.isOpen && $0.isStretch(of: segment) } ?? false
        let name = Self.segmentName(isKnown ? segments.count : segments.count + 1)
        let isFirst = segments.last?.run != segment.run.id
        var frozen = FrozenSegment(segment, file: name, initFile: initFile)
        let previous = isKnown ? segments.dropLast().last : segments.last
        let isBeginning = previous.map { !$0.isFollowed(by: frozen) } ?? true
        if isBeginning, let independent = independent(segment) {
            try folder.write(independent.bytes, to: name)
            frozen.begin(at: independent.mediaStart, bytes: independent.bytes.count)
        } else if segment.isOpen {
            // Its file grows on, so a link to it would not stay what it is.
            try folder.copy(segment, as: name)
        } else {
            try folder.adopt(segment.path, as: name)
        }
        if isKnown { segments.removeLast() }
        segments.append(frozen)
        return isFirst ? [initFile, name] : [name]
    }

    static func initName(_ number: Int) -> String { "init-\(number).mp4" }

    static func segmentName(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 6 - text.count)) + text + ".m4s"
    }

    /// The segment without what it cannot begin with; nil if it can begin as it is. The ring's own file, and
    /// other clips' links to it, stay as they are.
    private func independent(_ segment: Segment) -> IndependentSegment? {
        // One that cannot be read so is kept as it is.
        guard segment.startsOnKeyframe else { return nil }
        return try? .make(of: segment.path, upTo: segment.bytes, initPath: segment.run.initPath)
    }
}

extension FrozenSegment {
    /// Whether it is what there was of `segment` at some time.
    fileprivate func isStretch(of segment: Segment) -> Bool {
        // Its beginning may have been left out.
        run == segment.run.id && mediaStart >= segment.mediaStart
            && mediaStart < segment.mediaStart + segment.duration
    }
}
