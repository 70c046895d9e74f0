/// What the command line asks for.
enum Command: Equatable {
    /// Settings given on the command line stand before those from the environment.
    case serve([String: String])
    case doctor([String: String])
    case help
    case version

    /// Reads the arguments after the program's name. Settings are given as `NAME=value`.
    init(arguments: [String]) throws(UsageError) {
        var name = "serve"
        var overrides: [String: String] = [:]
        for (index, argument) in arguments.enumerated() {
            if argument == "--help" || argument == "-h" || argument == "help" {
                self = .help
                return
            }
            if argument == "--version" || argument == "version" {
                self = .version
                return
            }
            if index == 0 && (argument == "serve" || argument == "doctor") {
                name = argument
            } else if let equals = argument.firstIndex(of: "="), !argument.hasPrefix("-") {
                let key = String(argument[..<equals])
                guard Settings.names.contains(key) else {
                    throw UsageError("there is no setting \(key); see hindsight --help")
                }
                overrides[key] = String(argument[argument.index(after: equals)...])
            } else {
                throw UsageError(
                    "\(argument) is neither a command nor a setting; see hindsight --help"
                )
            }
        }
        self = name == "doctor" ? .doctor(overrides) : .serve(overrides)
    }
}
