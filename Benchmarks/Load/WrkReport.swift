import TestSupport

/// What wrk(1) says of one run, by a line that ``WrkScript`` has it print.
struct WrkReport {
    let requests: Int
    /// As they came in, heads included.
    let bytes: Int
    let seconds: Double
    /// The time that 99 of 100 requests do not exceed, in milliseconds.
    let p99: Double

    /// - Parameter output: of wrk; one that lacks the line, or tells of errors, is an error.
    init(output: String) throws {
        let lines = output.split(separator: "\n").filter { $0.hasPrefix(WrkScript.mark) }
        let pairs = lines.first.map { $0.split(separator: " ").dropFirst() } ?? []
        var values: [Substring: Double] = [:]
        for pair in pairs {
            let parts = pair.split(separator: "=")
            values[parts[0]] = parts.count == 2 ? Double(parts[1]) : nil
        }
        func value(_ name: Substring) throws -> Double {
            guard lines.count == 1, let value = values[name] else {
                throw TestFailure("wrk does not tell its \(name):\n\(output)")
            }
            return value
        }
        for name in WrkScript.errors where try value(name[...]) != 0 {
            throw TestFailure("wrk tells of \(try value(name[...])) errors (\(name)):\n\(output)")
        }
        requests = Int(try value("requests"))
        bytes = Int(try value("bytes"))
        seconds = try value("us") / 1e6
        p99 = try value("p99us") / 1e3
        guard requests > 0, seconds > 0, p99 > 0 else {
            throw TestFailure("wrk measured nothing:\n\(output)")
        }
    }
}
