import HTTP
import Testing

/// The servers that the cases are sent to.
struct ConformanceServers {
    let site: ConformanceSite
    let ports: [ConformanceCase.Limits: Int]

    @TaskLocal static var running: ConformanceServers?
}

/// Runs the servers for as long as a suite's tests take, which may block.
struct ServesConformanceSite: SuiteTrait, TestScoping {
    @concurrent
    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let site = try ConformanceSite()
        try await withServer(responder: site.responder) { usual in
            var limits = Limits()
            limits.parser = ConformanceCase.Limits.small.parser
            try await withServer(limits: limits, responder: site.responder) { small in
                let ports = [ConformanceCase.Limits.usual: usual, .small: small]
                let servers = ConformanceServers(site: site, ports: ports)
                try await ConformanceServers.$running.withValue(servers) { try await function() }
            }
        }
    }
}

extension Trait where Self == ServesConformanceSite {
    static var servesConformanceSite: Self { Self() }
}
