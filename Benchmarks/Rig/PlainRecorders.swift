import Foundation
import TestSupport

/// What anybody would run instead: one `ffmpeg -c copy` into two-second HLS for each camera.
final class PlainRecorders: Stoppable {
    private let folder: TemporaryFolder
    private let processes: [ChildProcess]

    private init(folder: TemporaryFolder, processes: [ChildProcess]) {
        self.folder = folder
        self.processes = processes
    }

    static func start(_ urls: [String]) async throws -> PlainRecorders {
        let folder = try TemporaryFolder()
        var processes: [ChildProcess] = []
        for (number, url) in urls.enumerated() {
            let arguments = [
                "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", url, "-c", "copy",
                "-f", "hls", "-hls_time", "2", "-hls_list_size", "32",
                "-hls_flags", "delete_segments", "-hls_segment_type", "fmp4",
                "-hls_fmp4_init_filename", "init-\(number).mp4",
                "-hls_segment_filename", "\(number)-%06d.m4s", "\(number).m3u8",
            ]
            processes.append(
                try await ChildProcess.start("ffmpeg", arguments, workingDirectory: folder.url)
            )
        }
        return PlainRecorders(folder: folder, processes: processes)
    }

    var pids: [pid_t] { processes.map(\.pid) }

    func stop() async {
        for process in processes { await process.stop() }
    }
}
