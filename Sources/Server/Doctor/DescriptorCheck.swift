import HTTP

/// Does the system grant descriptors for as many connections as are allowed?
enum DescriptorCheck {
    static func run(_ settings: Settings) -> Finding {
        finding(
            granted: DescriptorBudget.limit,
            connections: settings.http.limits.connections,
            cameras: settings.cameras.count
        )
    }

    static func finding(granted: Int, connections: Int, cameras: Int) -> Finding {
        let needed = DescriptorBudget.needed(connections: connections, cameras: cameras)
        guard granted < needed else {
            return .good("\(granted) open files are granted, \(needed) may be needed")
        }
        return .warning(
            "\(connections) connections may need \(needed) open files, but \(granted) are granted",
            remedy: "raise that (ulimit -n, LimitNOFILE in the unit) or lower HTTP_MAX_CONNECTIONS"
        )
    }
}
