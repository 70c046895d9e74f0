import Foundation
import TestSupport

/// Hindsight, and nginx with `tcp_nopush` off and on, serving the same folder on the same core.
final class Contest: Stoppable {
    let hindsight: HindsightServer
    let nginx: [NginxServer]

    private init(hindsight: HindsightServer, nginx: [NginxServer]) {
        self.hindsight = hindsight
        self.nginx = nginx
    }

    /// Starts them all; no camera records.
    ///
    /// - Parameter folder: what is served lies in its folder `public`.
    static func start(in folder: TemporaryFolder) async throws -> Contest {
        let hindsight = try await HindsightServer.start(
            cameras: [.init(id: "test", source: "test", enabled: false)],
            in: folder,
            core: Core.server
        )
        var nginx: [NginxServer] = []
        for pushing in [false, true] {
            nginx.append(
                try await NginxServer.start(
                    serving: folder.file("public"),
                    prefix: folder.file(pushing ? "nginx-nopush" : "nginx"),
                    pushing: pushing,
                    core: Core.server
                )
            )
        }
        return Contest(hindsight: hindsight, nginx: nginx)
    }

    /// Hindsight first.
    var servers: [any WebServer] { [hindsight] + nginx }

    func stop() async {
        for server in servers { await server.stop() }
    }
}
