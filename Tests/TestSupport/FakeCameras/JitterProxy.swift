/// A bad network before a camera: what it sends comes late, in order, or too slowly for a while.
package final class JitterProxy: Stoppable {
    package struct Jitter: Sendable {
        /// In seconds.
        package let longest: Double
        /// 1: all delays up to the longest are as likely; 3: half are under an eighth of it.
        package let skew: Double

        package init(longest: Double, skew: Double = 1) {
            self.longest = longest
            self.skew = skew
        }
    }

    private let script: CameraScript

    private init(script: CameraScript) {
        self.script = script
    }

    /// Starts a proxy before a port of 127.0.0.1.
    ///
    /// - Parameters:
    ///   - jitter: how late, drawn anew for each chunk.
    ///   - limit: ends the proxy in any case.
    package static func start(
        before port: Int,
        jitter: Jitter = Jitter(longest: 0),
        seed: Int = 1,
        limit: Duration = .seconds(1800)
    ) async throws -> JitterProxy {
        var arguments = ["--target", "\(port)", "--delay", "\(jitter.longest)"]
        arguments += ["--skew", "\(jitter.skew)", "--seed", "\(seed)"]
        arguments += ["--duration", "\(limit.components.seconds)"]
        return JitterProxy(script: try await CameraScript.start("jitter_proxy.py", arguments))
    }

    package var port: Int { script.port }

    /// Delivers at a fraction of the pace at which the camera sends, and so ever later.
    package func slow(to pace: Double) async throws {
        try await script.obey("slow \(pace)")
    }

    /// Delivers all at once that has waited.
    package func catchUp() async throws {
        try await script.obey("catch-up")
    }

    package func stop() async {
        await script.process.stop()
    }
}
