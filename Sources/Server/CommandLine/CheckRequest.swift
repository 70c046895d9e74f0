/// What `hindsight check` is asked for.
struct CheckRequest: Equatable {
    /// Sizes only, no checksums.
    var isQuick = false
    /// What was found is set right.
    var repairs = false
    var wantsJSON = false
    var settings: [String: String] = [:]
}

extension CheckRequest {
    /// Reads the arguments after `check`.
    init(arguments: [String]) throws(UsageError) {
        for argument in arguments {
            switch argument {
            case "--quick": isQuick = true
            case "--repair": repairs = true
            case "--json": wantsJSON = true
            case _ where argument.hasPrefix("-"):
                throw UsageError("\(argument) is no option of check; see hindsight --help")
            default:
                let (name, value) = try Command.setting(argument)
                settings[name] = value
            }
        }
    }
}
