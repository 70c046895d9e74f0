/// What the command line asks for.
enum Command: Equatable {
    /// Settings given on the command line stand before those from the environment.
    case serve([String: String])
    case doctor([String: String])
    case probe(ProbeRequest)
    case check(CheckRequest)
    case reindex([String: String])
    case help
    case version

    /// Reads the arguments after the program's name. Settings are given as `NAME=value`.
    init(arguments: [String]) throws(UsageError) {
        if arguments.contains(where: { ["--help", "-h", "help"].contains($0) }) {
            self = .help
            return
        }
        if arguments.contains(where: { ["--version", "version"].contains($0) }) {
            self = .version
            return
        }
        if arguments.first == "probe" {
            self = .probe(try ProbeRequest(arguments: Array(arguments.dropFirst())))
            return
        }
        if arguments.first == "check" {
            self = .check(try CheckRequest(arguments: Array(arguments.dropFirst())))
            return
        }
        var name = "serve"
        var overrides: [String: String] = [:]
        for (index, argument) in arguments.enumerated() {
            if index == 0 && ["serve", "doctor", "reindex"].contains(argument) {
                name = argument
            } else {
                let (key, value) = try Self.setting(argument)
                overrides[key] = value
            }
        }
        self =
            switch name {
            case "doctor": .doctor(overrides)
            case "reindex": .reindex(overrides)
            default: .serve(overrides)
            }
    }

    /// Reads `NAME=value`.
    static func setting(_ argument: String) throws(UsageError) -> (name: String, value: String) {
        guard let equals = argument.firstIndex(of: "="), !argument.hasPrefix("-") else {
            throw UsageError("\(argument) is neither a command nor a setting; see hindsight --help")
        }
        let name = String(argument[..<equals])
        guard Settings.names.contains(name) else {
            throw UsageError("there is no setting \(name); see hindsight --help")
        }
        return (name, String(argument[argument.index(after: equals)...]))
    }
}
