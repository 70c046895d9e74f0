import Foundation
import TestSupport

/// A playlist and its segments as files: 4 Mb/s, two seconds each, noise instead of video.
struct Broadcast {
    static let segmentTime = Duration.seconds(2)
    static let segmentLength = 1_000_000
    static let playlistName = "index.m3u8"

    let segments: Int
    private let playlist: String

    init(segments: Int) {
        self.segments = segments
        let entries = (0..<segments).map { "#EXTINF:2.000000,\n\(Self.segmentName($0))\n" }
        playlist = """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:2
            #EXT-X-PLAYLIST-TYPE:VOD
            \(entries.joined())#EXT-X-ENDLIST

            """
    }

    static func segmentName(_ number: Int) -> String { "\(number).m4s" }

    var playlistLength: Int { playlist.utf8.count }

    private var names: [String] { [Self.playlistName] + (0..<segments).map(Self.segmentName) }

    /// Makes a folder of the files.
    func write(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: Self.playlistName)
        try playlist.write(to: file, atomically: false, encoding: .utf8)
        for number in 0..<segments {
            try RandomFile.write(
                count: Self.segmentLength,
                seed: UInt64(number + 1),
                to: folder.appending(path: Self.segmentName(number))
            )
        }
    }

    /// Puts the files of `folder` into a clip's folder, in place of its own.
    func link(_ folder: URL, into clip: URL) throws {
        for name in names {
            let place = clip.appending(path: name)
            try? FileManager.default.removeItem(at: place)
            try FileManager.default.linkItem(at: folder.appending(path: name), to: place)
        }
    }

    /// Fails unless the server gives exactly the bytes in `folder` at the addresses below `path`.
    func check(_ server: any WebServer, at path: String, against folder: URL) async throws {
        for name in names {
            let expected = try Data(contentsOf: folder.appending(path: name))
            let response = try await server.client.get("\(path)/\(name)")
            guard response.status == 200, response.body == expected else {
                throw TestFailure("\(server.name), \(name): \(response.status), other bytes")
            }
        }
    }
}
