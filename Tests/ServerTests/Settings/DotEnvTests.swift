import Testing

@testable import Server

@Suite("The .env file")
struct DotEnvTests {
    @Test(
        "Lines are read as people write them",
        arguments: [
            ("PORT=1", ["PORT": "1"]),
            ("  PORT = 1  ", ["PORT": "1"]),
            ("export PORT=1", ["PORT": "1"]),
            ("# PORT=1\n\n", [:]),
            ("A=1\r\nB=2\r\n", ["A": "1", "B": "2"]),
            ("URL=rtsp://u:p#1@h/x?a=b", ["URL": "rtsp://u:p#1@h/x?a=b"]),
            ("A=1 # one", ["A": "1"]),
            ("A=\"1 # one\"", ["A": "1 # one"]),
            ("A='it is \"so\"'", ["A": "it is \"so\""]),
            ("A=", ["A": ""]),
            ("A=#", ["A": "#"]),
        ]
    )
    func reads(text: String, values: [String: String]) throws {
        #expect(try DotEnv.parse(text) == values)
    }

    @Test(
        "A line that means nothing is named by its number",
        arguments: ["x", "=1", "A B=1", "A=\"x"]
    )
    func refuses(line: String) {
        let error = #expect(throws: UsageError.self) { try DotEnv.parse("PORT=1\n\(line)") }
        #expect(error?.message.contains("line 2") == true)
    }
}
