import Testing

@testable import Server

@Suite("Descriptor check")
struct DescriptorCheckTests {
    @Test(
        "Two descriptors a connection, twelve a camera, and some over must be granted",
        arguments: [
            (20_064, 10_000, Finding.Outcome.good, 10_000), (1024, 10_000, .good, 480),
            (256, 96, .good, 96), (256, 97, .warning, 96), (256, 10_000, .warning, 96),
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
