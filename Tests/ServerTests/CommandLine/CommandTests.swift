import Testing

@testable import Server

@Suite("The command line")
struct CommandTests {
    @Test(
        "Commands and settings are read",
        arguments: [
            ([], Command.serve([:])),
            (["serve"], .serve([:])),
            (["PORT=4000"], .serve(["PORT": "4000"])),
            (["serve", "RTSP_URL=rtsp://h/a=b"], .serve(["RTSP_URL": "rtsp://h/a=b"])),
            (["doctor"], .doctor([:])),
            (["doctor", "CAMERA_SOURCE=0"], .doctor(["CAMERA_SOURCE": "0"])),
            (["--help"], .help), (["-h"], .help), (["serve", "--help"], .help),
            (["--version"], .version),
        ]
    )
    func reads(arguments: [String], command: Command) throws {
        #expect(try Command(arguments: arguments) == command)
    }

    @Test(
        "What cannot be meant is refused by name",
        arguments: [["record"], ["PRT=1"], ["--port"], ["serve", "doctor"], ["--PORT=1"]]
    )
    func refuses(arguments: [String]) {
        let error = #expect(throws: UsageError.self) { try Command(arguments: arguments) }
        let wrong = arguments.last?.prefix { $0 != "=" } ?? ""
        #expect(error?.message.contains(wrong) == true)
    }

    @Test("The help names every setting", arguments: Settings.names.sorted())
    func help(name: String) {
        #expect(HelpText.text.contains("  \(name) "))
    }
}
