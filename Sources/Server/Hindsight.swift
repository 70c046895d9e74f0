import Glibc

/// The program: reads its command line, runs the command, and ends with its exit code.
@main
struct Hindsight {
    static let version = "0.1.0"

    static func main() async {
        // A log or a client that has gone is an error to handle, not a reason to die.
        signal(SIGPIPE, SIG_IGN)
        raiseDescriptorLimit()
        // Footage is for this user and its group, whoever else has an account here.
        umask(0o027)
        do throws(UsageError) {
            switch try Command(arguments: Array(CommandLine.arguments.dropFirst())) {
            case .help: print(HelpText.text)
            case .version: print("hindsight \(version)")
            case .serve(let overrides): exit(await ServeCommand.run(overrides))
            case .doctor(let overrides): exit(await DoctorCommand.run(overrides))
            case .probe(let request): exit(await ProbeCommand.run(request))
            case .check(let request): exit(await CheckCommand.run(request))
            case .reindex(let overrides): exit(await ReindexCommand.run(overrides))
            }
        } catch {
            Log.write(.error, error.message)
            exit(ExitCode.usage)
        }
    }

    /// Takes as many descriptors as the system grants: each connection and recording needs some, and
    /// the usual 1024 is a limit for programs that still use select(2) (getrlimit(2)).
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
