import Segmenter

/// Brings segments into a clip's folder, each under its next number, and remembers where they stand.
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
        let initFile = initFiles[segment.run.id] ?? "init-\(initFiles.count + 1).mp4"
        if initFiles[segment.run.id] == nil {
            try folder.adopt(segment.run.initPath, as: initFile)
            initFiles[segment.run.id] = initFile
        }
        let isKnown = segments.last.map { $0.isOpen && $0.isStretch(of: segment) } ?? false
        let number = String(isKnown ? segments.count : segments.count + 1)
        let name = String(repeating: "0", count: max(0, 6 - number.count)) + number + ".m4s"
        if segment.isOpen {
            // Its file grows on, so a link to it would not stay what it is.
            try folder.copy(segment, as: name)
        } else {
            try folder.adopt(segment.path, as: name)
        }
        let isFirst = segments.last?.run != segment.run.id
        if isKnown { segments.removeLast() }
        segments.append(FrozenSegment(segment, file: name, initFile: initFile))
        return isFirst ? [initFile, name] : [name]
    }
}

extension FrozenSegment {
    /// Whether it is what there was of `segment` at some time.
    fileprivate func isStretch(of segment: Segment) -> Bool {
        run == segment.run.id && mediaStart == segment.mediaStart
    }
}
