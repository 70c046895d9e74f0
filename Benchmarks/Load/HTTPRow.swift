import Foundation

/// One kind of request that is made again and again, named by its letter.
enum HTTPRow: Character, CaseIterable {
    case small = "a"
    case list = "b"
    case ranges64K = "c"
    case ranges1M = "d"
    case whole = "e"
    case fresh = "f"

    var title: String {
        switch self {
        case .small: "1 KiB file"
        case .list: "list of \(ClipList.count) clips"
        case .ranges64K: "64 KiB ranges of 1 GiB"
        case .ranges1M: "1 MiB ranges of 1 GiB"
        case .whole: "whole 30 MB file"
        case .fresh: "1 KiB file, new connections"
        }
    }

    /// The file that is served; for the list, that which nginx serves.
    var file: (name: String, count: Int) {
        switch self {
        case .small, .fresh: ("1k.bin", 1 << 10)
        case .list: ("videos.json", 0)
        case .ranges64K, .ranges1M: ("1g.bin", 1 << 30)
        case .whole: ("30m.bin", 30_000_000)
        }
    }

    /// How many bytes of the file are asked for, at random places; nil for all of it.
    var rangeLength: Int? {
        switch self {
        case .ranges64K: 64 << 10
        case .ranges1M: 1 << 20
        default: nil
        }
    }

    var headers: [String: String] { self == .fresh ? ["Connection": "close"] : [:] }

    /// How many times as good as nginx Hindsight is to be.
    var aim: Double { self == .list ? 0.5 : 1 }

    /// How long a server is asked, whole seconds; in less, not all connections get a whole file.
    var round: Duration { self == .whole ? .seconds(8) : .seconds(4) }

    /// How long it is asked before the first round.
    var warmUp: Duration { self == .whole ? .seconds(8) : .seconds(1) }

    func path(on server: any WebServer) -> String {
        self == .list && server is HindsightServer
            ? "/api/videos?limit=\(ClipList.count)" : "/\(file.name)"
    }

    /// How many were answered. Of whole files also the parts that came of unfinished answers: in one
    /// round there are only a few for each connection.
    func requests(_ report: WrkReport) -> Double {
        self == .whole ? Double(report.bytes) / Double(file.count) : Double(report.requests)
    }
}
