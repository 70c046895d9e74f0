import HTTP
import Testing

extension ConformanceCase {
    /// Plays the case against a real server, once for every way its bytes may arrive.
    func verify() async throws {
        let site = try await ConformanceSite()
        var limits = Limits()
        limits.parser = self.limits
        try await withServer(limits: limits, handler: site.handler) { port in
            for arrival in arrivals {
                try verify(arrival, client: RawClient(port: port), site: site)
            }
        }
    }

    private func verify(_ arrival: Arrival, client: RawClient, site: ConformanceSite) throws {
        var last: RawResponse?
        var shutDown = false
        for step in steps {
            switch arrival {
            case .atOnce: try client.send(site.bytes(step.sent))
            case .byteByByte: try client.sendByteByByte(site.bytes(step.sent))
            }
            if step.shutsDown {
                client.shutDownWriting()
                shutDown = true
            }
            for expected in step.answers {
                let response = try client.readResponse(toHead: expected.isToHead)
                try expected.verify(response, site: site)
                last = response
            }
        }
        let saysClose = last?.headers["Connection"] == "close"
        switch ending {
        case .kept:
            #expect(!saysClose)
            try client.send(.get("/echo", "X: next"))
            #expect(try client.readResponse().headers["X-Value"] == "[next]")
        case .closed:
            // Who has hung up needn't be told (RFC 9112 §9.6).
            #expect(saysClose || shutDown)
            #expect(try client.readToEnd().isEmpty)
        }
    }
}
