import Foundation
import Synchronization

/// Several clock cameras, each in a process of its own, some of them behind a bad network.
package final class ClockCameras: Stoppable {
    package struct Plan: Sendable {
        package let id: String
        package var options: ClockCamera.Options
        /// Of the network; nil means none is between.
        package var jitter: JitterProxy.Jitter?
        /// `user:password` in the camera's address.
        package var user: String?

        package init(
            id: String,
            options: ClockCamera.Options = .init(),
            jitter: JitterProxy.Jitter? = nil,
            user: String? = nil
        ) {
            self.id = id
            self.options = options
            self.jitter = jitter
            self.user = user
        }
    }

    /// By id, as a server is told of them.
    package let sources: [(id: String, source: String)]
    private let cameras: Mutex<[String: ClockCamera]>
    private let plans: [Plan]
    private let limit: Duration
    private let proxies: [String: JitterProxy]

    private init(
        sources: [(id: String, source: String)],
        cameras: [String: ClockCamera],
        plans: [Plan],
        limit: Duration,
        proxies: [String: JitterProxy]
    ) {
        self.sources = sources
        self.cameras = Mutex(cameras)
        self.plans = plans
        self.limit = limit
        self.proxies = proxies
    }

    package static func start(
        _ plans: [Plan],
        limit: Duration = .seconds(1800)
    ) async throws -> ClockCameras {
        let cameras = try await withThrowingTaskGroup { group in
            for plan in plans {
                group.addTask { (plan.id, try await ClockCamera.start(plan.options, limit: limit)) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        var sources: [(id: String, source: String)] = []
        var proxies: [String: JitterProxy] = [:]
        for plan in plans {
            guard let camera = cameras[plan.id] else { continue }
            var port = camera.port
            if let jitter = plan.jitter {
                let proxy = try await JitterProxy.start(
                    before: port,
                    jitter: jitter,
                    limit: limit
                )
                proxies[plan.id] = proxy
                port = proxy.port
            }
            sources.append((plan.id, camera.url(user: plan.user, port: port).absoluteString))
        }
        return ClockCameras(
            sources: sources,
            cameras: cameras,
            plans: plans,
            limit: limit,
            proxies: proxies
        )
    }

    package subscript(id: String) -> ClockCamera { cameras.withLock { $0[id]! } }

    /// The network before a camera whose plan has `jitter`.
    package func network(of id: String) -> JitterProxy { proxies[id]! }

    /// Brings a camera back that has died, as it was at its start and on its port.
    package func restart(_ id: String) async throws {
        let old = self[id]
        await old.stop()
        for plan in plans where plan.id == id {
            let new = try await ClockCamera.start(plan.options, port: old.port, limit: limit)
            cameras.withLock { $0[id] = new }
        }
    }

    package func stop() async {
        for proxy in proxies.values { await proxy.stop() }
        await withTaskGroup { group in
            for camera in cameras.withLock({ Array($0.values) }) {
                group.addTask { await camera.stop() }
            }
        }
    }
}
