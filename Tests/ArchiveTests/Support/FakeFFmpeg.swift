import Foundation
import TestSupport

@testable import Segmenter

extension FFmpeg {
    /// A program in ffmpeg's place: a shell script, kept in `folder`.
    static func fake(_ script: String, in folder: TemporaryFolder) throws -> FFmpeg {
        let file = folder.file("ffmpeg")
        try "#!/bin/sh\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: file.path
        )
        return try FFmpeg(path: file.path)
    }
}
