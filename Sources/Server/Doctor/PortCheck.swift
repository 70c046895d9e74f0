import Glibc
import HTTP

/// Is the port free, and if not, who has it?
enum PortCheck {
    static func run(host: String, port: Int) async -> Finding {
        // Listening for a moment is the one question that cannot be answered wrongly.
        var configuration = HTTPServer.Configuration()
        configuration.host = host
        configuration.port = port
        let server = HTTPServer(configuration: configuration) { _ in
            Response(status: .serviceUnavailable)
        }
        do {
            _ = try server.start()
            await server.shutdown(gracePeriod: .zero)
            return .good("\(host):\(port) is free")
        } catch {
            return finding(for: error, host: host, port: port)
        }
    }

    /// What it means that the server cannot listen.
    static func finding(for error: HTTPServerError, host: String, port: Int) -> Finding {
        switch error {
        case .addressInUse:
            let owner = PortOwner.describe(port: port).map { " by \($0)" } ?? ""
            return .failure(
                "port \(port) is in use\(owner)",
                remedy: "stop that program, or set PORT to another"
            )
        case .permissionDenied:
            return .failure(
                "no permission to listen on port \(port)",
                remedy: "set PORT to 1024 or above"
            )
        default:
            return .failure(
                "cannot listen on \(host):\(port): \(error)",
                remedy: "set HOST to an address of this machine"
            )
        }
    }
}
