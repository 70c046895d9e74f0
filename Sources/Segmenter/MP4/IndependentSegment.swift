/// A segment made fit to stand at a beginning, where it was not: its keyframes let pictures follow that are made of
/// earlier ones (open GOP).
///
/// After the segment before it all is well. Without that, the pictures that are shown before its first keyframe cannot
/// be decoded; and what H.264 orders about pictures that never came is an error, for which Chromium shows nothing at
/// all. So the former are left out and the latter crossed out. Its other keyframes of this kind are called keyframes no
/// more: nothing is to begin there, where all that would have to be done again. Everything else stays as it is.
package struct IndependentSegment: Sendable {
    /// The file's content.
    package let bytes: [UInt8]
    /// The first picture's moment on the run's media clock.
    package let mediaStart: Duration

    /// Blocks on the disk: for a few kilobytes, or, if there is something to do, for the whole segment.
    ///
    /// - Parameters:
    ///   - path: of a segment's file, of which the first `bytes` count.
    ///   - initPath: of its run's initialisation segment.
    /// - Returns: nil of a segment that can begin as it is.
    package static func make(
        of path: String,
        upTo bytes: Int,
        initPath: String
    ) throws(SegmenterError) -> IndependentSegment? {
        let header = try File(reading: initPath)
        let initFile = try header.read(at: 0, count: Int(header.size))
        guard let track = try InitSegment(parsing: initFile).video,
            OpenKeyframe.isTold(format: track.format)
        else { return nil }
        let file = try File(reading: path)
        var content = try SegmentContent(file, count: bytes, initFile, track)
        let (isFirstOpen, areOthers) = try content.closeKeyframes(file)
        guard isFirstOpen || areOthers else { return nil }
        let whole = try file.read(at: 0, count: bytes)
        guard whole.count == bytes else { throw .malformedMedia("a segment is cut short") }
        let isShorter = isFirstOpen && content.dropLeadingPictures()
        let isForgetful = isFirstOpen && content.forgetEarlierPictures(whole)
        guard isShorter || isForgetful || areOthers, let start = content.start else { return nil }
        return IndependentSegment(
            bytes: content.bytes(from: whole),
            mediaStart: try track.shown(start)
        )
    }

    /// Whether a segment begins with a keyframe after which pictures may come that are made of earlier ones. Blocks
    /// on the disk for a few kilobytes.
    package static func isOpen(_ path: String, initPath: String) throws(SegmenterError) -> Bool {
        let header = try File(reading: initPath)
        let initFile = try header.read(at: 0, count: Int(header.size))
        guard let track = try InitSegment(parsing: initFile).video else { return false }
        let file = try File(reading: path)
        var content = try SegmentContent(file, count: Int(file.size), initFile, track)
        return try content.closeKeyframes(file).isFirstOpen
    }
}
