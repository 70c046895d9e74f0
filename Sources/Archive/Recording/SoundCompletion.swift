import Segmenter

/// Gives silence to what a clip holds of runs without sound, if another of its runs has sound: see `SilentSound`.
///
/// The MP4 has that anyhow. Files are written under new names: players may have the old ones. Blocks on the disk.
struct SoundCompletion {
    /// The clip's staging folder, in which the old files stay.
    let folder: ClipFolder

    /// - Returns: the names of files that are needed no more; none where something cannot be read.
    func complete(_ segments: inout [FrozenSegment]) throws(ArchiveError) -> Set<String> {
        let initNames = Set(segments.map(\.initFile)).sorted()
        var contents: [String: [UInt8]] = [:]
        for name in initNames { contents[name] = folder.content(name) }
        let media = contents.compactMapValues { try? InitSegment(parsing: $0) }
        guard media.count == initNames.count else { return [] }
        let silent = initNames.filter { media[$0]?.audio == nil }
        guard !silent.isEmpty,
            let loud = segments.first(where: { media[$0.initFile]?.audio != nil }),
            let sound = contents[loud.initFile].flatMap({ try? SilentSound(like: $0) })
        else { return [] }

        var completed: [String: String] = [:]
        for (number, name) in zip((initNames.count + 1)..., silent) {
            guard let content = contents[name].flatMap({ try? sound.adding(to: $0) }) else {
                return []
            }
            completed[name] = SegmentFreezer.initName(number)
            try folder.write(content, to: SegmentFreezer.initName(number))
        }
        var whole = segments
        var replaced = Set(silent)
        for (index, segment) in segments.enumerated() {
            guard let initFile = completed[segment.initFile] else { continue }
            guard let content = folder.content(segment.file) else { return [] }
            let silence = sound.fragment(from: segment.mediaStart, to: segment.mediaEnd)
            let bytes = content.prefix(segment.bytes) + silence
            let name = SegmentFreezer.segmentName(segments.count + index + 1)
            try folder.write(Array(bytes), to: name)
            replaced.insert(segment.file)
            whole[index].replaceFile(by: name, bytes: bytes.count, initFile: initFile)
        }
        segments = whole
        return replaced
    }
}
