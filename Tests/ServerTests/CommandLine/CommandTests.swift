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
            (["probe", "0"], .probe(ProbeRequest(target: "0"))),
            (
                ["probe", "--seconds", "2.5", "http://h/?a=b", "FFMPEG_CRF=30", "--json"],
                .probe(
                    ProbeRequest(
                        target: "http://h/?a=b",
                        seconds: 2.5,
                        wantsJSON: true,
                        settings: ["FFMPEG_CRF": "30"]
                    )
                )
            ),
            (["check"], .check(CheckRequest())),
            (
                ["check", "--quick", "STORAGE_PATH=/a=b", "--repair", "--json"],
                .check(
                    CheckRequest(
                        isQuick: true,
                        repairs: true,
                        wantsJSON: true,
                        settings: ["STORAGE_PATH": "/a=b"]
                    )
                )
            ),
            (["reindex", "STORAGE_PATH=/a"], .reindex(["STORAGE_PATH": "/a"])),
            (["probe", "--help"], .help),
            (["--help"], .help), (["-h"], .help), (["serve", "--help"], .help),
            (["--version"], .version),
        ]
    )
    func reads(arguments: [String], command: Command) throws {
        #expect(try Command(arguments: arguments) == command)
    }

    @Test(
        "What cannot be meant is refused by name",
        arguments: [
            ["record"], ["PRT=1"], ["--port"], ["serve", "doctor"], ["--PORT=1"], ["probe"],
            ["probe", "0", "1"], ["probe", "0", "PRT=1"], ["probe", "0", "--fast"],
            ["probe", "0", "--seconds"], ["check", "--all"], ["check", "PRT=1"], ["check", "it"],
            ["reindex", "--quick"],
        ]
    )
    func refuses(arguments: [String]) {
        let error = #expect(throws: UsageError.self) { try Command(arguments: arguments) }
        let wrong = arguments.last?.prefix { $0 != "=" } ?? ""
        #expect(error?.message.contains(wrong) == true)
    }

    @Test("A length that cannot be recorded is refused", arguments: ["0", "3601", "ten", "nan"])
    func refuses(seconds: String) {
        #expect(throws: UsageError("--seconds takes a number from 1 to 3600")) {
            try Command(arguments: ["probe", "0", "--seconds", seconds])
        }
    }

    @Test("The help names every setting", arguments: Settings.names.sorted())
    func help(name: String) {
        #expect(HelpText.text.contains("  \(name) "))
    }
}
