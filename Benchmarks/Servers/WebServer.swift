import Foundation
import TestSupport

/// A running server of the files in one folder.
protocol WebServer: Stoppable {
    /// For the tables.
    var name: String { get }
    /// Of 127.0.0.1.
    var port: Int { get }
    /// The process that does the serving.
    var pid: pid_t { get }
}

extension WebServer {
    var client: HTTPClient { HTTPClient(port: port) }
}
