/// Ways to cut an input into pieces, as a network might.
///
/// They follow from the input alone, so that a finding can be replayed from its bytes.
enum Cuts {
    /// Byte by byte, in short pieces, and in pieces of any length.
    static func of(_ input: [UInt8]) -> [[ArraySlice<UInt8>]] {
        var random = Random(seed: input)
        return [1, 8, max(1, input.count)].map { longest in
            var pieces: [ArraySlice<UInt8>] = []
            var rest = input[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...longest, using: &random))
                pieces.append(piece)
                rest = rest.dropFirst(piece.count)
            }
            return pieces
        }
    }

    /// SplitMix64, begun with the FNV-1a hash of the seed.
    private struct Random: RandomNumberGenerator {
        private var state: UInt64

        init(seed: [UInt8]) {
            state = seed.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
