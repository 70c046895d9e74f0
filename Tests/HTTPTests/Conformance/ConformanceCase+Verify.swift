import HTTP
import Testing

extension ConformanceCase {
    /// Plays the case against a real server, once for every way its bytes may arrive.
    func verify() throws {
        for arrival in arrivals { try verify(arriving: arrival) }
    }

    private func verify(arriving arrival: Arrival) throws {
        let servers = try #require(ConformanceServers.running)
        let client = try RawClient(port: #require(servers.ports[limits]))
        var last: RawResponse?
        var shutDown = false
        for step in steps {
            let bytes = servers.site.filled(step.sent).latin1
            switch arrival {
            case .atOnce: try client.send(bytes)
            case .byteByByte: try client.sendByteByByte(bytes)
            }
            if step.shutsDown {
                client.shutDownWriting()
                shutDown = true
            }
            for expected in step.answers {
                let response = try client.readResponse(toHead: expected.isToHead)
                try expected.verify(response, site: servers.site)
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
