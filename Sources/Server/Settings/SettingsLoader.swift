import Archive
import Glibc
import Segmenter

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Gathers settings from where they may stand: command line, environment, `.env`.
enum SettingsLoader {
    static func load(_ overrides: [String: String]) throws(UsageError) -> Settings {
        var values: [String: String] = [:]
        if access(".env", F_OK) == 0 {
            values = try DotEnv.parse(try read(".env"))
            for name in values.keys.sorted() where !Settings.names.contains(name) {
                Log.write(.warning, ".env: there is no setting \(name): it is ignored")
            }
        }
        for name in Settings.names {
            if let value = getenv(name) { values[name] = String(cString: value) }
        }
        values.merge(overrides) { $1 }
        var settings = try Settings(values, readFile: read)
        settings.cameras = resolved(settings.cameras)
        return settings
    }

    /// Reads a list of cameras anew, and how long the clips of those that say so are kept.
    static func cameras(
        of file: CamerasFile
    ) throws(UsageError) -> ([CameraConfiguration], [String: Retention.Limits]) {
        guard let data = FileManager.default.contents(atPath: file.path) else {
            let words = String(cString: strerror(errno))
            throw UsageError("CAMERAS_FILE cannot be read: \(words)")
        }
        let text = String(decoding: data, as: UTF8.self)
        return (resolved(try file.parse(text)), try file.limits(text))
    }

    private static func resolved(_ cameras: [CameraConfiguration]) -> [CameraConfiguration] {
        let directory = FileManager.default.currentDirectoryPath
        return cameras.map { camera in
            var camera = camera
            camera.source = camera.source.resolved(against: directory)
            return camera
        }
    }

    private static func read(_ path: String) throws(UsageError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
