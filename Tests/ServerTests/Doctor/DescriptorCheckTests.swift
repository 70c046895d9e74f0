import Testing

@testable import Server

@Suite("Descriptor check")
struct DescriptorCheckTests {
    @Test("Two descriptors a connection, eight a camera, and some over must be granted")
    func finding() {
        let enough = DescriptorCheck.finding(granted: 20_056, connections: 10_000, cameras: 2)
        #expect(enough.outcome == .good)
        let short = DescriptorCheck.finding(granted: 20_055, connections: 10_000, cameras: 2)
        #expect(short.outcome == .warning)
        #expect(short.line.contains("20056") && short.line.contains("LimitNOFILE"))
    }
}
