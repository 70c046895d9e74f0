import Testing

@testable import Archive

@Suite("CRC-32C")
struct CRC32CTests {
    /// RFC 3720 §B.4, and the check value of the catalogues.
    private static let vectors: [(bytes: [UInt8], sum: UInt32)] = [
        ([], 0),
        (Array("123456789".utf8), 0xE306_9283),
        ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
        ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
        (Array(0..<32), 0x46DD_794E),
        (Array((0..<32).reversed()), 0x113F_DB5C),
        (readCommand, 0xD996_3A56),
    ]

    /// An iSCSI SCSI Read (10) command.
    private static let readCommand: [UInt8] = [
        0x01, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 0x04, 0, 0, 0,
        0, 0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0, 0,
    ]

    private func sum(_ pieces: ArraySlice<UInt8>...) -> UInt32 {
        var sum = CRC32C()
        for piece in pieces { piece.withUnsafeBytes { sum.add($0) } }
        return sum.value
    }

    @Test("Has the standard's values", arguments: vectors.indices)
    func standard(index: Int) {
        let (bytes, expected) = Self.vectors[index]
        #expect(sum(bytes[...]) == expected)
    }

    @Test("Has them without the CPU's instruction", arguments: vectors.indices)
    func withoutInstruction(index: Int) {
        let (bytes, expected) = Self.vectors[index]
        var sum = CRC32C()
        bytes.withUnsafeBytes { sum.addByTable($0) }
        #expect(sum.value == expected)
    }

    @Test("Does not depend on how the bytes come", arguments: 0...48)
    func pieces(cut: Int) {
        let bytes = Self.readCommand
        #expect(sum(bytes[..<cut], bytes[cut...]) == 0xD996_3A56)
    }
}
