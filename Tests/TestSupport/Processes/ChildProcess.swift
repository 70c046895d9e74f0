package import Foundation

/// A program that a test started: its output is kept, and it ends no later than the test run.
///
/// It leads a process group of its own, which `stop()` empties. It is ended too when the last
/// reference to it goes, or when the test run dies.
package final class ChildProcess: Stoppable {
    /// What the program finds on its standard input.
    package enum Input: Sendable {
        /// Nothing: end of file at once.
        case empty
        /// A stream that says only what ``write(line:)`` is told, and ends when the process is stopped
        /// or the test run dies.
        case open
    }

    /// The command line, for messages.
    package let command: String
    private let life: ProcessLife
    private let output: OutputFile
    private let errors: OutputFile
    private let inputEnd: FileHandle?

    private init(
        command: String,
        life: ProcessLife,
        output: OutputFile,
        errors: OutputFile,
        inputEnd: FileHandle?
    ) {
        self.command = command
        self.life = life
        self.output = output
        self.errors = errors
        self.inputEnd = inputEnd
    }

    deinit {
        life.killGroup()
    }

    /// Starts a program, found through PATH unless its name holds a slash.
    ///
    /// - Parameter environment: added to that of the test run, or taken from it where nil.
    package static func start(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String?] = [:],
        workingDirectory: URL? = nil,
        input: Input = .empty
    ) async throws -> ChildProcess {
        let path = try executable(named: program)
        let output = try OutputFile()
        let errors = try OutputFile()
        let stream = try InputStreamPair(input)
        let moving = workingDirectory.map { ["env", "--chdir=\($0.path)"] } ?? []
        let spawner = Spawner(
            arguments: ["setpriv", "--pdeathsig", "TERM", "--"] + moving + [path] + arguments,
            environment: ProcessInfo.processInfo.environment
                .merging(environment.compactMapValues { $0 }, uniquingKeysWith: { $1 })
                .filter { environment[$0.key] != .some(nil) },
            input: stream.childEnd,
            output: output.descriptor,
            errors: errors.descriptor
        )
        let setpriv = try executable(named: "setpriv")
        let life = try await ProcessLife.begin { try spawner.spawn(setpriv) }
        return ChildProcess(
            command: ([program] + arguments).joined(separator: " "),
            life: life,
            output: output,
            errors: errors,
            inputEnd: stream.ownEnd
        )
    }

    /// The path of a program, found through PATH unless its name holds a slash.
    package static func executable(named program: String) throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin:/bin"]
        let folders = program.contains("/") ? [""] : path.split(separator: ":").map { $0 + "/" }
        let candidates = folders.map { $0 + program }
        guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw TestFailure("no program \(program): scripts/test installs what is needed")
        }
        return found
    }

    package var pid: pid_t { life.pid }

    /// How it ended; nil while it runs.
    package var status: ExitStatus? { life.status }

    /// What it wrote to standard output so far.
    package var standardOutput: Data { output.contents }

    /// What it wrote to standard error so far.
    package var standardError: Data { errors.contents }

    /// What it wrote to standard output so far, as text.
    package var outputText: String { String(decoding: standardOutput, as: UTF8.self) }

    /// What it wrote to standard error so far, as text.
    package var errorText: String { String(decoding: standardError, as: UTF8.self) }

    /// Sends a signal to the process alone, not to its children.
    package func send(_ signal: Int32) {
        life.send(signal)
    }

    /// Writes a line to the process's standard input, which must be `open`.
    package func write(line: String) throws {
        guard let inputEnd else { throw TestFailure("\(command): its standard input is empty") }
        try inputEnd.write(contentsOf: Data("\(line)\n".utf8))
    }

    /// Waits until the process has ended by itself.
    ///
    /// Past `timeout` it is stopped and the call fails, quoting what it printed.
    @discardableResult
    package func exit(within timeout: Duration) async throws -> ExitStatus {
        if let status = await life.exit(within: timeout) { return status }
        await stop()
        throw TestFailure("\(command): still ran after \(timeout)\n\(errorText)\(outputText)")
    }

    /// Waits for a line on standard output that begins with `prefix`, and gives back what follows.
    package func line(startingWith prefix: String, timeout: Duration) async throws -> String {
        try await eventually("\(prefix) from \(command)\n\(errorText)", timeout: timeout) {
            // Asked first, so that a last line before the exit is not overlooked.
            let ended = status
            let lines = outputText.split(separator: "\n", omittingEmptySubsequences: false)
            if let line = lines.dropLast().first(where: { $0.hasPrefix(prefix) }) {
                return String(line.dropFirst(prefix.count))
            }
            if let ended {
                throw TestFailure("\(command): \(ended)\n\(errorText)\(outputText)")
            }
            return nil
        }
    }

    /// Asks the process to end, insists after `grace`, and ends what is left of its group.
    package func stop(grace: Duration) async {
        try? inputEnd?.close()
        life.send(SIGTERM)
        if await life.exit(within: grace) == nil {
            life.killGroup()
            _ = await life.exit(within: .seconds(5))
        }
        life.killGroup()
    }

    package func stop() async {
        await stop(grace: .seconds(5))
    }
}
