import Testing

@testable import Server

@Suite("Descriptor check")
struct DescriptorCheckTests {
    @Test(
        "Two descriptors a connection, eight a camera, and some over must be granted",
        arguments: [
            (20_056, 10_000, Finding.Outcome.good, 10_000), (1024, 10_000, .good, 484),
            (256, 100, .good, 100), (256, 101, .warning, 100), (256, 10_000, .warning, 100),
        ]
    )
    func finding(_ granted: Int, _ connections: Int, _ outcome: Finding.Outcome, _ taken: Int) {
        let finding = DescriptorCheck.finding(
            granted: granted,
            connections: connections,
            cameras: 2
        )
        #expect(finding.outcome == outcome)
        #expect(finding.line.contains(" \(taken) connections"))
    }
}
