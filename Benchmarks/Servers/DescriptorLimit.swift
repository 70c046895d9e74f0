import Foundation

/// How many descriptors a process may have (getrlimit(2)).
enum DescriptorLimit {
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    /// As far as a process may raise its limit.
    static var hard: Int {
        var limit = rlimit()
        getrlimit(resource, &limit)
        return Int(clamping: limit.rlim_max)
    }

    /// Raises this process's own, which those that it starts later inherit.
    static func raise() {
        var limit = rlimit()
        getrlimit(resource, &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }
}
