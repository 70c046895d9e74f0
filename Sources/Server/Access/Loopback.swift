/// Names and addresses that mean this machine alone.
enum Loopback {
    /// `localhost`, `::1`, or an address in 127.0.0.0/8 (RFC 1122 §3.2.1.3); not `127.example.com`.
    static func contains(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { !$0.isEmpty && UInt8($0) != nil }
    }
}
