import Foundation

/// The Lua script of a wrk(1) run.
enum WrkScript {
    /// What the line for ``WrkReport`` begins with.
    static let mark = "result "
    /// wrk's names of what can go wrong; `status` counts answers of 400 and above.
    static let errors = ["connect", "read", "write", "status", "timeout"]
    /// Different requests; made beforehand, because Lua would take the time that wrk needs.
    private static let count = 8192

    static func text(for row: HTTPRow) -> String {
        [row.rangeLength.map { ranges($0, of: row.file.count) } ?? "", report].joined()
    }

    /// The same ranges for every server, at any place and not only at a page's beginning.
    private static func ranges(_ length: Int, of count: Int) -> String {
        """
        local requests = {}
        local next = 0
        init = function(args)
            math.randomseed(1)
            for index = 0, \(self.count - 1) do
                local first = math.random(0, \(count - length))
                local range = string.format("bytes=%d-%d", first, first + \(length - 1))
                requests[index] = wrk.format("GET", nil, {Range = range})
            end
        end
        request = function()
            next = (next + 1) % \(self.count)
            return requests[next]
        end

        """
    }

    private static var report: String {
        let errors = errors.map { "\($0)=%d" }.joined(separator: " ")
        let values = self.errors.map { "summary.errors.\($0)" }.joined(separator: ", ")
        return """
            done = function(summary, latency, requests)
                io.write(string.format(
                    "\(mark)requests=%d bytes=%.0f us=%.0f p99us=%.0f \(errors)\\n",
                    summary.requests, summary.bytes, summary.duration,
                    latency:percentile(99), \(values)))
            end

            """
    }
}
