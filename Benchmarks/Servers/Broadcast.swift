import Foundation
import TestSupport

/// A playlist and its segments as files: 4 Mb/s, two seconds each.
struct Broadcast {
    static let segmentTime = Duration.seconds(2)
    static let segmentLength = 1_000_000

    let segments: Int
    /// Of the playlist, in bytes.
    let playlistLength: Int

    static let playlistPath = "/hls/index.m3u8"

    static func segmentPath(_ number: Int) -> String { "/hls/\(number).m4s" }

    /// Writes the files into a folder's subfolder `hls`; they are noise, not video.
    init(segments: Int, in folder: URL) throws {
        self.segments = segments
        try FileManager.default.createDirectory(
            at: folder.appending(path: "hls"),
            withIntermediateDirectories: true
        )
        let entries = (0..<segments).map { "#EXTINF:2.000000,\n\($0).m4s\n" }
        let playlist = """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:2
            #EXT-X-PLAYLIST-TYPE:VOD
            \(entries.joined())#EXT-X-ENDLIST

            """
        playlistLength = playlist.utf8.count
        let file = folder.appending(path: Self.playlistPath)
        try playlist.write(to: file, atomically: false, encoding: .utf8)
        for number in 0..<segments {
            try RandomFile.write(
                count: Self.segmentLength,
                seed: UInt64(number + 1),
                to: folder.appending(path: Self.segmentPath(number))
            )
        }
    }

    /// Fails unless every server gives exactly the folder's bytes.
    func check(_ servers: [any WebServer], in folder: URL) async throws {
        for path in [Self.playlistPath] + (0..<segments).map(Self.segmentPath) {
            let expected = try Data(contentsOf: folder.appending(path: path))
            for server in servers {
                let response = try await server.client.get(path)
                guard response.status == 200, response.body == expected else {
                    throw TestFailure("\(server.name), \(path): \(response.status), other bytes")
                }
            }
        }
    }
}
