import Segmenter

/// Makes the files of a clip whose footage is there, and puts its folder in its place.
///
/// Blocks on the disk: its methods run on their caller's executor.
struct ClipFinisher {
    let workshop: ClipWorkshop
    /// The clip's staging folder.
    let folder: ClipFolder

    private var maker: ClipMaker {
        ClipMaker(
            ffmpeg: workshop.ffmpeg,
            encoding: workshop.encoding,
            directory: folder.path
        )
    }

    /// Makes the picture of the trigger's moment; a clip without it is a clip still.
    func makeThumbnail(of clip: Clip, from segments: [FrozenSegment]) async {
        let reached = segments.firstIndex { $0.end > clip.timestamp }
        guard let index = reached ?? segments.indices.last else { return }
        let segment = segments[index]
        do throws(ArchiveError) {
            let wanted = segment.mediaTime(of: clip.timestamp)
            let timing = try timing(of: segment)
            let time = timing.frameTimes.last { $0 <= wanted } ?? segment.mediaStart
            // Pictures shown before the keyframe are made of earlier ones too.
            let isLeading = timing.frames.first.map { time < $0.shown } ?? false
            let needed = segments[max(0, index - (isLeading ? 1 : 0))...index]
            try await workshop.limiter.run { [maker] () async throws(ArchiveError) in
                try await maker.makeThumbnail(of: needed, at: time)
            }
        } catch {
            // Half a picture is none.
            folder.remove(ClipMaker.thumbnailName)
            if Task.isCancelled { return }
            workshop.report("clip \(clip.id) has no thumbnail: \(error)")
        }
    }

    /// Makes the MP4, at the second attempt if need be, and notes in `clip` what it shows.
    ///
    /// - Parameter segments: loses those whose files are damaged, which stay under another name.
    func makeVideo(
        of clip: inout Clip,
        from segments: inout [FrozenSegment]
    ) async throws(ArchiveError) {
        // ffmpeg would end the video there, and call it whole.
        let damaged = Set(segments.filter { !isWhole($0) }.map(\.file))
        for name in damaged.sorted() {
            workshop.report("clip \(clip.id) goes without \(name), which is damaged")
            folder.rename(name, to: name + ".damaged")
        }
        segments = segments.without(damaged)
        if !damaged.isEmpty { makeBeginningsIndependent(&segments) }
        if segments.isEmpty && !damaged.isEmpty { throw .media(FrozenSegment.damage) }
        var cut = try ClipCut(segments.decodable, window: clip.window) {
            (segment) throws(ArchiveError) in try frameTimes(segment)
        }
        try cut.setReordering { (segment) throws(ArchiveError) in
            try timing(of: segment).reordering
        }
        guard let first = cut.pieces.first, let last = cut.pieces.last else {
            throw .media("nothing was recorded in this clip's window")
        }
        let plan = try plan(for: cut)
        do {
            try await makeVideo(cut, plan)
        } catch {
            if Task.isCancelled { throw error }
            workshop.report("clip \(clip.id): \(error); once more")
            try await makeVideo(cut, plan)
        }
        clip.start = first.start.wholeMilliseconds
        clip.end = last.end.wholeMilliseconds
        clip.duration = Double((cut.duration.seconds * 1000).rounded()) / 1000
        clip.size = folder.size(of: ClipMaker.videoName)
        (clip.width, clip.height) = (plan.width, plan.height)
        (clip.videoCodec, clip.audioCodec) = (plan.videoCodec, plan.audioCodec)
    }

    /// Where a segment has gone, the one after it has to be decoded without it.
    private func makeBeginningsIndependent(_ segments: inout [FrozenSegment]) {
        for index in segments.indices.dropFirst()
        where !segments[index - 1].isFollowed(by: segments[index]) {
            let segment = segments[index]
            // What cannot be read or written so stays as it is.
            guard
                let independent = try? IndependentSegment.make(
                    of: folder.file(segment.file),
                    upTo: segment.bytes,
                    initPath: folder.file(segment.initFile)
                ), (try? folder.write(independent.bytes, to: segment.file)) != nil
            else { continue }
            segments[index].begin(at: independent.mediaStart, bytes: independent.bytes.count)
        }
    }

    /// Whether a segment's file is as long as it was, and can be understood.
    private func isWhole(_ segment: FrozenSegment) -> Bool {
        (folder.size(of: segment.file) ?? -1) >= segment.bytes
            && (try? frameTimes(segment)) != nil
    }

    private func plan(for cut: ClipCut) throws(ArchiveError) -> JoinPlan {
        let firsts = cut.pieces.map { $0.segments[$0.segments.startIndex] }
        let media = try firsts.map { (segment) throws(ArchiveError) in
            try self.media(of: segment)
        }
        let openPieces = firsts.indices.filter {
            folder.beginsOpen(firsts[$0])
        }
        return try JoinPlan(media, openPieces: Set(openPieces))
    }

    private func makeVideo(_ cut: ClipCut, _ plan: JoinPlan) async throws(ArchiveError) {
        let job = { @Sendable [maker] () async throws(ArchiveError) in
            try await maker.makeVideo(cut, plan: plan, start: cut.pieces[0].start)
        }
        if plan.isEncoding {
            // Not all of the places: clips that are only cut must not wait for it.
            try await workshop.encodingLimiter.run { [workshop] () async throws(ArchiveError) in
                try await workshop.limiter.run(job)
            }
        } else {
            try await workshop.limiter.run(job)
        }
    }

    /// Writes the last of the folder, and moves it where finished clips are.
    ///
    /// Everything is on the disk before the folder appears there.
    func putInPlace(_ clip: inout Clip, _ segments: [FrozenSegment]) throws(ArchiveError) {
        var segments = segments
        let replaced = try SoundCompletion(folder: folder).complete(&segments)
        try writePlaylist(of: clip, segments)
        for name in folder.names where name != ClipManifest.fileName { try folder.sync(name) }
        clip.readyAt = Timestamp.now().wholeMilliseconds
        let files = try folder.records(but: replaced)
        try folder.replace(ClipManifest(clip: clip, segments: segments, files: files))
        FaultPoint.finished.reach()
        try folder.move(to: workshop.layout.final(clip))
        // Not before: another attempt would need them.
        for name in replaced { workshop.layout.final(clip).remove(name) }
    }

    /// Writes the playlist of a clip that is complete.
    func writePlaylist(of clip: Clip, _ segments: [FrozenSegment]) throws(ArchiveError) {
        let playlist = MediaPlaylist(of: segments, window: clip.window, isComplete: true)
        try folder.write(Array(playlist.text.utf8), to: ClipFolder.playlistName)
    }

    private func frameTimes(_ segment: FrozenSegment) throws(ArchiveError) -> [Duration] {
        try timing(of: segment).frameTimes
    }

    private func timing(of segment: FrozenSegment) throws(ArchiveError) -> FragmentTiming {
        guard let video = try media(of: segment).video else { throw .media("no video") }
        do {
            return try SegmentFile.readTiming(folder.file(segment.file), track: video)
        } catch {
            throw .media("segment \(segment.file) cannot be read: \(error)")
        }
    }

    private func media(of segment: FrozenSegment) throws(ArchiveError) -> InitSegment {
        do {
            return try SegmentFile.readInit(folder.file(segment.initFile))
        } catch {
            throw .media("\(segment.initFile) cannot be read: \(error)")
        }
    }
}
