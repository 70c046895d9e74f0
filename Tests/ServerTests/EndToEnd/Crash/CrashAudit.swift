import Foundation
import TestSupport

/// Looks whether what is there after many crashes is whole, and nothing else is there.
enum CrashAudit {
    /// What of a finished clip is not as its record says.
    static func violations(
        of clip: ClipAnswer,
        _ server: HindsightServer
    ) async throws -> [String] {
        let name = "clip \(clip.id) (\(clip.coverage))"
        var found: [String] = []
        if !clip.coverage.isExplained { found.append("\(name): complete?") }
        let window = try seconds(from: clip.requested_start, to: clip.requested_end)
        let missing = try clip.coverage.gaps.reduce(0) { sum, gap in
            sum + (try seconds(from: gap.start, to: gap.end))
        }
        guard clip.status == "ready", let duration = clip.duration else {
            // Its window was over before anything had been recorded.
            let isTrue = clip.error == "nothing was recorded in this clip's window"
            if !isTrue || missing < window - 0.2 {
                found.append("\(name) is \(clip.status): \(clip.error ?? "")")
            }
            return found
        }
        // What is no gap is there; up to 0.2 s at each edge count as none.
        if abs(window - missing - duration) > 0.25 * Double(clip.coverage.gaps.count + 2) {
            found.append("\(name) lasts \(duration) s")
        }
        let folder = try TemporaryFolder()
        let file = try await server.download(clip, into: folder)
        let errors = try await MediaProbe.decodingErrors(of: file)
        if !errors.isEmpty { found.append("\(name) cannot be decoded: \(errors)") }
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
        if size != clip.size { found.append("\(name) is of \(size ?? 0) bytes") }
        return found
    }

    /// What lies in the storage folder of a running server beside these clips.
    static func violations(
        of storage: TemporaryFolder,
        holding clips: [ClipAnswer]
    ) throws -> [String] {
        var found: [String] = []
        for place in [".staging", ".trash", ".lost"] {
            let names = names(storage, "clips/\(place)")
            if !names.isEmpty { found.append("\(place) holds \(names)") }
        }
        var folders: Set<String> = []
        for day in names(storage, "clips") where !day.hasPrefix(".") {
            for id in names(storage, "clips/\(day)") {
                folders.insert(id)
                for name in names(storage, "clips/\(day)/\(id)")
                where name.wholeMatch(
                    of: /clip\.(json|mp4)|index\.m3u8|thumbnail\.jpg|(init-)?\d+\.(m4s|mp4)/
                )
                    == nil
                {
                    found.append("clip \(id) holds \(name)")
                }
            }
        }
        if folders != Set(clips.map(\.id)) {
            found.append("there are folders \(folders) of clips \(clips.map(\.id))")
        }
        let cameras = names(storage, "ring").filter { $0 != ".snapshots" }
        // A life that ends has no time to remove its run.
        let runs = cameras.flatMap { names(storage, "ring/\($0)") }
        if runs.count > 1 { found.append("the ring holds \(runs)") }
        return found
    }

    private static func names(_ storage: TemporaryFolder, _ folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: storage.file(folder).path)) ?? []
    }

    private static func seconds(from start: String, to end: String) throws -> Double {
        Double(try microseconds(end) - microseconds(start)) / 1_000_000
    }
}
