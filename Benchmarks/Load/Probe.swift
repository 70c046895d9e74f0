import Foundation

/// One client that fetches a small file again and again, one request at a time.
struct Probe {
    private static let count = 2000

    let port: Int
    let path: String
    let length: Int

    /// In microseconds, from before the connecting, over a new connection for each.
    func fresh(_ scratch: UnsafeMutableRawBufferPointer) throws -> Sample {
        try sample {
            try CountingConnection(port: port, isBlocking: true).fetch(
                path,
                length: length,
                scratch
            )
        }
    }

    /// In microseconds, all over one connection.
    func kept(_ scratch: UnsafeMutableRawBufferPointer) throws -> Sample {
        let connection = try CountingConnection(port: port, isBlocking: true)
        return try sample { try connection.fetch(path, length: length, scratch) }
    }

    private func sample(_ fetch: () throws -> Void) throws -> Sample {
        var times: [Double] = []
        for _ in 0..<Self.count {
            let start = ContinuousClock.now
            try fetch()
            times.append((ContinuousClock.now - start) / .microseconds(1))
        }
        return Sample(times)
    }
}
