/// How the program ends.
enum ExitCode {
    static let success: Int32 = 0
    /// Something that it needs is missing or broken.
    static let failure: Int32 = 1
    /// The command line or a setting is wrong.
    static let usage: Int32 = 2
}
