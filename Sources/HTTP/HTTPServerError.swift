import Glibc

/// Why a server could not start.
package enum HTTPServerError: Error, Hashable, Sendable {
    case addressInUse(host: String, port: Int)

    /// Ports below 1024 need a privilege.
    case permissionDenied(host: String, port: Int)

    /// The host's name has no address, or the port is out of range.
    case invalidAddress(host: String, port: Int)
    case cannotBind(host: String, port: Int, errno: Int32)

    /// No thread or descriptor was to be had.
    case cannotStart(errno: Int32)
    case alreadyStarted

    init(binding host: String, port: Int, errno: Int32) {
        switch errno {
        case EADDRINUSE: self = .addressInUse(host: host, port: port)
        case EACCES, EPERM: self = .permissionDenied(host: host, port: port)
        default: self = .cannotBind(host: host, port: port, errno: errno)
        }
    }
}
