import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Finds the process that listens on a TCP port, by way of proc(5).
enum PortOwner {
    /// `nginx (pid 4711)`; nil when it cannot be seen, as another user's process.
    static func describe(port: Int) -> String? {
        let sockets = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { table in
            inodes(listeningOn: port, in: text(table))
        }.map { "socket:[\($0)]" }
        guard !sockets.isEmpty else { return nil }
        let files = FileManager.default
        for pid in (try? files.contentsOfDirectory(atPath: "/proc")) ?? [] where Int(pid) != nil {
            let folder = "/proc/\(pid)/fd"
            for descriptor in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
                let target = try? files.destinationOfSymbolicLink(atPath: "\(folder)/\(descriptor)")
                guard let target, sockets.contains(target) else { continue }
                let name = text("/proc/\(pid)/comm").split(separator: "\n").first ?? "a program"
                return "\(name) (pid \(pid))"
            }
        }
        return nil
    }

    /// The inodes of listening sockets (state 0A) in a table such as /proc/net/tcp.
    static func inodes(listeningOn port: Int, in table: String) -> [Substring] {
        table.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A",
                let digits = fields[1].split(separator: ":").last, Int(digits, radix: 16) == port
            else { return nil }
            return fields[9]
        }
    }

    private static func text(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
