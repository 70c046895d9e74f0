import Glibc
package import Segmenter

/// Makes pictures of what a ring holds, by ffmpeg.
package actor SnapshotMaker {
    private static let pictureName = "snapshot.jpg"
    /// Far more than one frame takes.
    private static let limit = Duration.seconds(20)

    private let root: String
    private let ffmpeg: FFmpeg
    private let limiter: JobLimiter
    private let executor = QueueExecutor(label: "snapshots")
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }
    private var count = 0

    /// - Parameters:
    ///   - root: a folder of its own, on the rings' file system; made when it is needed.
    ///   - jobs: how many pictures are made at a time.
    package init(root: String, ffmpeg: FFmpeg, jobs: Int = 1) {
        self.root = root
        self.ffmpeg = ffmpeg
        limiter = JobLimiter(limit: jobs)
    }

    /// Decodes the first frame of a segment that starts on a keyframe into a JPEG of the size in which it is
    /// shown.
    ///
    /// The file's time is the frame's moment. `.file` with `ENOENT` says that the segment has left the
    /// ring.
    ///
    /// - Parameter take: given the file's path; the file is gone afterwards.
    package func picture<Value: Sendable>(
        of segment: Segment,
        take: @Sendable (String) throws -> Value
    ) async throws -> Value {
        count += 1
        let folder = ClipFolder(path: "\(root)/\(count)")
        defer { folder.removeAll() }
        // Linked before the wait for a turn: the ring may prune it meanwhile.
        try folder.create()
        try folder.adopt(segment.run.initPath, as: RunLayout.initName)
        try folder.adopt(segment.path, as: segment.name)
        try await limiter.run { () async throws(ArchiveError) in
            try await decode(segment, in: folder.path)
        }
        let path = folder.file(Self.pictureName)
        let seconds = time_t(segment.start.microseconds / 1_000_000)
        let rest = suseconds_t(segment.start.microseconds % 1_000_000)
        let moment = timeval(tv_sec: seconds, tv_usec: rest)
        utimes(path, [moment, moment])
        return try take(path)
    }

    private func decode(_ segment: Segment, in directory: String) async throws(ArchiveError) {
        let outcome: FFmpeg.Outcome
        do {
            outcome = try await ffmpeg.run(
                Self.arguments(for: segment),
                directory: directory,
                limit: Self.limit
            )
        } catch {
            throw .media("ffmpeg could not be started")
        }
        guard outcome.status.isSuccess else {
            throw .media("the picture cannot be decoded: \(outcome.log.last ?? "no message")")
        }
    }

    static func arguments(for segment: Segment) -> [String] {
        [
            // Several threads would each want a frame before the first comes out.
            "-v", "error", "-threads", "1",
            "-i", "concat:\(RunLayout.initName)|\(segment.name)",
            "-map", "0:v:0", "-frames:v", "1", "-vf", SquarePixels.filter,
            "-q:v", "3", "-update", "1", pictureName,
        ]
    }
}
