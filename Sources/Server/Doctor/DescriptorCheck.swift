import HTTP

/// Does the system grant descriptors for the connections that are allowed, or for a good number?
enum DescriptorCheck {
    /// More than one household, shop or small office ever has at a time.
    private static let few = 400

    static func run(_ settings: Settings) -> Finding {
        finding(
            granted: DescriptorBudget.limit,
            connections: settings.http.limits.connections,
            cameras: settings.mostCameras
        )
    }

    static func finding(granted: Int, connections: Int, cameras: Int) -> Finding {
        let possible = DescriptorBudget.connections(of: granted, cameras: cameras)
        let taken = min(possible, connections)
        guard taken < min(connections, few) else {
            return .good("\(granted) open files are granted, enough for \(taken) connections")
        }
        return .warning(
            "\(granted) open files are granted, enough for only \(taken) connections",
            remedy: "raise that (ulimit -n, LimitNOFILE in the unit)"
        )
    }
}
