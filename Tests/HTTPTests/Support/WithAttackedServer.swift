import Glibc
import HTTP
import TestSupport
import Testing

/// Runs an attack on a server twice, and expects it to come out unhurt each time: the next request
/// is answered, and no descriptor stays open.
func withAttackedServer(
    limits: Limits = Limits(),
    eventLoops: Int = 2,
    handler: @escaping Handler,
    attack: (Int) async throws -> Void
) async throws {
    try await withServer(limits: limits, eventLoops: eventLoops, handler: handler) { port in
        // The runtime opens descriptors of its own with the first timer, the server keeps small files
        // open.
        try await Task.sleep(for: .milliseconds(1))
        try ask(port)
        let before = try ProcessUsage(of: getpid()).descriptors
        for _ in 1...2 {
            try await attack(port)
            try ask(port)
            try await eventually("the attack's descriptors to be closed") {
                try ProcessUsage(of: getpid()).descriptors <= before
            }
        }
    }
}

/// Makes a request like any other, and waits until the server has closed its connection.
private func ask(_ port: Int) throws {
    let client = try RawClient(port: port)
    try client.send("GET /after HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(try client.readResponse().status == 200)
    #expect(try client.readToEnd().isEmpty)
}
