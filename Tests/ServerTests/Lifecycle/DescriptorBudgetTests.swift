import Testing

@testable import Server

@Suite("Descriptor budget")
struct DescriptorBudgetTests {
    @Test("Connections get half of what the cameras and the program itself leave")
    func connections() {
        #expect(DescriptorBudget.connections(of: 1024, cameras: 3) == 474)
        #expect(DescriptorBudget.connections(of: 32768, cameras: 100) > 10_000)
        // However little there is, one client can still see why.
        #expect(DescriptorBudget.connections(of: 16, cameras: 1) == 1)
        // Without a limit (RLIM_INFINITY).
        #expect(DescriptorBudget.connections(of: .max, cameras: 1) > 1 << 40)
    }

    @Test("The process's own limit is known")
    func limit() {
        #expect(DescriptorBudget.limit > 16)
    }
}
