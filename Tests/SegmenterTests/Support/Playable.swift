import Foundation

/// Makes files that players take out of the files of a run.
enum Playable {
    /// Joins an initialisation segment and the segments that follow it, byte by byte.
    static func join(_ paths: [String], as file: URL) throws -> URL {
        let bytes = try paths.map { try Data(contentsOf: URL(filePath: $0)) }
        try Data(bytes.joined()).write(to: file)
        return file
    }
}
