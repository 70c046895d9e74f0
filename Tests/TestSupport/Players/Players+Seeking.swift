package import Foundation

extension Players {
    /// What mpv showed first when told to begin amid a video, and how it got there.
    package struct SoughtPicture: Sendable {
        /// The decoded picture.
        package let png: Data
        /// Where the ranges begin that it asked for over HTTP, in bytes.
        package let rangeStarts: [Int]
    }

    /// Has mpv seek to a time in seconds before it shows anything, and keeps the one picture there.
    package static func mpvPicture(_ url: URL, at time: Double) async throws -> SoughtPicture {
        let folder = try TemporaryFolder()
        let output = try await ChildProcess.check(
            "mpv",
            ["--no-config", "--ao=null", "--vo=image", "--vo-image-format=png"]
                + ["--vo-image-outdir=\(folder.path)", "--start=\(time)", "--hr-seek=yes"]
                + ["--frames=1", "--msg-level=all=warn,ffmpeg=trace", "--term-status-msg="]
                + [MediaProbe.argument(url)]
        )
        return SoughtPicture(
            png: try Data(contentsOf: folder.file("00000001.png")),
            rangeStarts: rangeStarts(inLog: output.text + output.errorText)
        )
    }

    /// Where the ranges begin for which ffmpeg's HTTP client asked, by its log at debug level.
    package static func rangeStarts(inLog log: String) -> [Int] {
        log.matches(of: /\bRange: bytes=(\d+)-/).compactMap { Int($0.1) }
    }
}
