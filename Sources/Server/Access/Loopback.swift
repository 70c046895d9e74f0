import Glibc

/// Names and addresses that mean this machine alone.
enum Loopback {
    /// `localhost`, `::1`, or an address in 127.0.0.0/8 (RFC 1122 §3.2.1.3); not `127.example.com`.
    static func contains(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1
            && UInt32(bigEndian: address.s_addr) >> 24 == 127
    }
}
