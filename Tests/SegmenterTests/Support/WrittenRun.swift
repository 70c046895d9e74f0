import Foundation
import TestSupport

@testable import Segmenter

/// Folders with the files of a run as ffmpeg leaves them, to be read, grown or damaged.
enum WrittenRun {
    /// Copies of a sample run's files.
    static func copies(of kind: SampleRun.Kind) async throws -> TemporaryFolder {
        let run = try await SampleRun.of(kind)
        let folder = try TemporaryFolder()
        for path in run.written {
            let name = URL(filePath: path).lastPathComponent
            try FileManager.default.copyItem(atPath: path, toPath: folder.path + "/" + name)
        }
        return folder
    }

    /// Records a file, faster than in real time, into segments of a second.
    static func record(
        _ source: URL,
        in folder: TemporaryFolder,
        stripsADTS: Bool = false
    ) async throws {
        var plan = RecordingPlan(guessing: .file(path: source.path))
        (plan.loops, plan.stripsADTS) = (false, stripsADTS)
        plan.needsDelayedHeader = stripsADTS
        let camera = CameraConfiguration(
            id: "sample",
            source: .file(path: source.path),
            segmentDuration: .seconds(1)
        )
        let outcome = try await FFmpeg().run(
            RecordingArguments.make(for: camera, plan: plan),
            directory: folder.path
        )
        guard outcome.status.isSuccess else {
            throw TestFailure(outcome.log.joined(separator: "\n"))
        }
    }

    /// Records videos that come as one MPEG-TS stream, whose clock goes on from each to the next.
    static func stream(_ videos: [TestVideo]) async throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        var bytes = Data()
        var start = 0.0
        for video in videos {
            let file = folder.file("piece.ts")
            try await video.write(to: file, options: ["-output_ts_offset", "\(start)"])
            bytes += try Data(contentsOf: file)
            start += video.seconds
        }
        let source = folder.file("source.ts")
        try bytes.write(to: source)
        try await record(source, in: folder, stripsADTS: true)
        return folder
    }

    /// Has a file that is there grow anew, by a fragment at each step.
    final class Growth {
        let bytes: [UInt8]
        let headerLength: Int
        /// Where each fragment ends.
        let ends: [Int]
        private let path: String
        private var next = 0

        init(of directory: String, number: Int) throws {
            path = RunLayout(directory: directory).segmentPath(number)
            bytes = Array(try Data(contentsOf: URL(filePath: path)))
            let boxes = try FileBox.all(of: try File(reading: path))
            headerLength = Int(boxes.first { $0.type == "moof" }?.offset ?? 0)
            ends = boxes.filter { $0.type == "mdat" }.map { Int($0.offset + $0.length) }
            unlink(path)
        }

        /// False when there is no more.
        func step() throws -> Bool {
            guard next < ends.count else { return false }
            let start = next == 0 ? 0 : ends[next - 1]
            let file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o640)
            defer { close(file) }
            let chunk = Array(bytes[start..<ends[next]])
            guard write(file, chunk, chunk.count) == chunk.count else { throw TestFailure(path) }
            next += 1
            return true
        }
    }
}

extension IntakeBench {
    /// Has all files in a folder grow anew, by a fragment in each fifth of a second, and reads them as they do.
    func readGradually(_ directory: String) async throws {
        let count = Directory.names(directory).filter { $0.hasSuffix(".m4s") }.count
        let files = try (0..<count).map { try WrittenRun.Growth(of: directory, number: $0) }
        for file in files { while try file.step() { await read() } }
    }
}
