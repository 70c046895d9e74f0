import Testing

@testable import Segmenter

@Suite("Exit status")
struct ExitStatusTests {
    @Test(
        "Reads what wait(2) gives",
        arguments: [
            (Int32(0), .exited(code: 0), "exit code 0"),
            (0x0100, .exited(code: 1), "exit code 1"),
            (0xbb00, .exited(code: 187), "exit code 187"),
            (9, .killed(signal: 9), "signal 9"),
            (0x8b, .killed(signal: 11), "signal 11"),
        ] as [(Int32, ExitStatus, String)]
    )
    func reads(_ waitStatus: Int32, _ expected: ExitStatus, _ description: String) {
        let status = ExitStatus(waitStatus: waitStatus)
        #expect(status == expected)
        #expect(status.description == description)
        #expect(status.isSuccess == (waitStatus == 0))
    }
}
