import Testing

@testable import Server

@Suite("Who has a port")
struct PortOwnerTests {
    private static let table = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:0BB9 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0
           1: 0100007F:0BB9 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0
           2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0
        """

    @Test(
        "Only listening sockets count",
        arguments: [(3001, ["4711"]), (8080, ["4713"]), (80, [])]
    )
    func inodes(port: Int, expected: [String]) {
        #expect(PortOwner.inodes(listeningOn: port, in: Self.table).map { String($0) } == expected)
    }
}
