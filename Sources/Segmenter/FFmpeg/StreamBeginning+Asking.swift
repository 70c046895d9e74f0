import Glibc

extension StreamBeginning {
    private static let limit = Duration.seconds(5)

    /// Reads the first bytes of an HTTP source, over a connection of its own; nil for other sources, and if
    /// nothing comes that tells.
    static func ask(_ source: CameraSource, ffmpeg: FFmpeg) async -> StreamBeginning? {
        guard case .http(let url) = source else { return nil }
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        let child = try? await ChildProcess.start(
            ffmpeg.path,
            [
                "-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info",
                "-rw_timeout", String(limit.wholeMicroseconds),
                "-f", "data", "-i", CameraURL(url)?.escaped ?? url,
                "-map", "0", "-c", "copy", "-dump", "-hex", "-f", "null", "-",
            ],
            onLine: { continuation.yield($0) },
            onExit: { _ in continuation.finish() }
        )
        guard let child else { return nil }
        let killer = Task {
            try await Task.sleep(for: limit)
            child.send(SIGKILL)
        }
        defer { killer.cancel() }
        var bytes: [UInt8] = []
        var looked = 0
        var beginning: StreamBeginning?
        for await line in lines {
            bytes += HexDump.bytes(in: line)
            // Not with every line: a picture's size may be many lines in.
            guard bytes.count >= looked + 64 else { continue }
            looked = bytes.count
            beginning = StreamBeginning(bytes)
            if beginning != nil { break }
        }
        child.send(SIGKILL)
        _ = await child.exit()
        return beginning ?? StreamBeginning(bytes)
    }
}
