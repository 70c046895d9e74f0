package import Foundation

extension ChildProcess {
    /// Runs a program to its end, and gives back its output whatever its exit status.
    ///
    /// Past `timeout` it is ended and the call fails, quoting what it printed.
    package static func run(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String?] = [:],
        workingDirectory: URL? = nil,
        timeout: Duration = .seconds(60)
    ) async throws -> ProcessOutput {
        let process = try await start(
            program,
            arguments,
            environment: environment,
            workingDirectory: workingDirectory
        )
        let status = try await process.exit(within: timeout)
        return ProcessOutput(
            status: status,
            standardOutput: process.standardOutput,
            standardError: process.standardError
        )
    }

    /// Runs a program to its end, and gives back its output; fails unless it returned 0.
    @discardableResult
    package static func check(
        _ program: String,
        _ arguments: [String] = [],
        environment: [String: String?] = [:],
        workingDirectory: URL? = nil,
        timeout: Duration = .seconds(60)
    ) async throws -> ProcessOutput {
        let output = try await run(
            program,
            arguments,
            environment: environment,
            workingDirectory: workingDirectory,
            timeout: timeout
        )
        guard output.status.isSuccess else {
            let command = ([program] + arguments).joined(separator: " ")
            throw TestFailure("\(command): \(output.status)\n\(output.errorText)\(output.text)")
        }
        return output
    }
}
