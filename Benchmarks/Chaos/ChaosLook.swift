import Foundation
import TestSupport

/// What the server has at one moment.
struct ChaosLook {
    /// In bytes.
    let memory: Double
    let descriptors: Int
    let children: Int
    let clipFiles: Int
    let ringFiles: Int

    init(_ rig: Rig) async throws {
        memory = Double(try ProcessFigures(pid: rig.pid).private)
        descriptors = try FileManager.default
            .contentsOfDirectory(atPath: "/proc/\(rig.pid)/fd").count
        children = try ProcessFigures.children(of: rig.pid).count
        clipFiles = Self.files(below: rig.storage.appending(path: "clips"))
        ringFiles = Self.files(below: rig.storage.appending(path: "ring"))
    }

    private static func files(below folder: URL) -> Int {
        let files = FileManager.default
            .enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        return files?.count { file in
            let values = try? (file as? URL)?.resourceValues(forKeys: [.isRegularFileKey])
            return values?.isRegularFile ?? false
        } ?? 0
    }
}
