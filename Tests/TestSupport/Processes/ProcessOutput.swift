package import Foundation

/// What a process that has ended left behind.
package struct ProcessOutput: Sendable {
    package let status: ExitStatus
    package let standardOutput: Data
    package let standardError: Data

    /// Standard output as text.
    package var text: String { String(decoding: standardOutput, as: UTF8.self) }

    /// Standard error as text.
    package var errorText: String { String(decoding: standardError, as: UTF8.self) }
}
