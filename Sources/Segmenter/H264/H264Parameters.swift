/// What of H.264's parameter sets is needed to read the header of a slice.
struct H264Parameters {
    /// ITU-T H.264 §7.3.2.1.1.
    struct Sequence {
        fileprivate(set) var hasSeparatePlanes = false
        fileprivate(set) var hasColour = true
        let frameNumberBits: Int
        let orderKind: Int
        fileprivate(set) var orderBits = 0
        fileprivate(set) var orderIsAlwaysZero = false
        let framesOnly: Bool
    }

    /// §7.3.2.2.
    struct Picture {
        let sequence: Int
        let isArithmetic: Bool
        let hasBottomOrder: Bool
        /// How many references each list has unless a slice says otherwise.
        let references: [Int]
        let weighsPredicted: Bool
        let weighsBipredicted: Bool
        let hasDeblockingControl: Bool
        let hasRedundantPictures: Bool
    }

    private var sequences: [Int: Sequence] = [:]
    private var pictures: [Int: Picture] = [:]

    /// - Parameter units: any; those that are none of them are passed over.
    mutating func learn(from units: [NALUnit]) throws(SegmenterError) {
        for unit in units {
            switch unit.kind {
            case NALUnit.Kind.sequenceParameters: try learnSequence(BitReader(unit.payload()))
            case NALUnit.Kind.pictureParameters: try learnPicture(BitReader(unit.payload()))
            default: break
            }
        }
    }

    /// Those that a slice refers to.
    func sets(for picture: Int) throws(SegmenterError) -> (Sequence, Picture) {
        guard let chosen = pictures[picture], let sequence = sequences[chosen.sequence] else {
            throw .malformedMedia("a slice without its parameter sets")
        }
        return (sequence, chosen)
    }
}

extension H264Parameters {
    /// The profiles that say how colour is sampled.
    private static let profilesWithColour: Set<Int> = [
        44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244,
    ]

    private mutating func learnSequence(_ payload: BitReader) throws(SegmenterError) {
        var reader = payload
        let profile = try reader.bits(8)
        _ = try reader.bits(16)
        let id = try reader.unsigned()
        var (hasColour, hasSeparatePlanes) = (true, false)
        if Self.profilesWithColour.contains(profile) {
            let sampling = try reader.unsigned()
            if sampling == 3 { hasSeparatePlanes = try reader.bit() }
            hasColour = sampling != 0 && !hasSeparatePlanes
            _ = try (reader.unsigned(), reader.unsigned(), reader.bit())
            if try reader.bit() {
                for index in 0..<(sampling == 3 ? 12 : 8) where try reader.bit() {
                    try skipScalingList(of: index < 6 ? 16 : 64, in: &reader)
                }
            }
        }
        let frameNumberBits = try reader.unsigned() + 4
        let orderKind = try reader.unsigned()
        var (orderBits, orderIsAlwaysZero) = (0, false)
        switch orderKind {
        case 0: orderBits = try reader.unsigned() + 4
        case 1:
            orderIsAlwaysZero = try reader.bit()
            _ = try (reader.signed(), reader.signed())
            for _ in 0..<(try reader.unsigned()) { _ = try reader.signed() }
        default: break
        }
        // How many reference frames, whether numbers may be missing, width and height.
        _ = try (reader.unsigned(), reader.bit(), reader.unsigned(), reader.unsigned())
        guard frameNumberBits <= 16, orderBits <= 16 else {
            throw .malformedMedia("a sequence parameter set with too large fields")
        }
        var sequence = Sequence(
            frameNumberBits: frameNumberBits,
            orderKind: orderKind,
            framesOnly: try reader.bit()
        )
        (sequence.hasColour, sequence.hasSeparatePlanes) = (hasColour, hasSeparatePlanes)
        (sequence.orderBits, sequence.orderIsAlwaysZero) = (orderBits, orderIsAlwaysZero)
        sequences[id] = sequence
    }

    private func skipScalingList(
        of size: Int,
        in reader: inout BitReader
    ) throws(SegmenterError) {
        var (last, next) = (8, 8)
        for _ in 0..<size {
            if next != 0 { next = (last + (try reader.signed()) + 256) & 0xFF }
            if next != 0 { last = next }
        }
    }

    private mutating func learnPicture(_ payload: BitReader) throws(SegmenterError) {
        var reader = payload
        let id = try reader.unsigned()
        let sequence = try reader.unsigned()
        let isArithmetic = try reader.bit()
        let hasBottomOrder = try reader.bit()
        // Slices of several groups say more; no camera has them.
        guard try reader.unsigned() == 0 else { throw .malformedMedia("groups of slices") }
        let references = try [reader.unsigned() + 1, reader.unsigned() + 1]
        let weighsPredicted = try reader.bit()
        let weighsBipredicted = try reader.bits(2) == 1
        _ = try (reader.signed(), reader.signed(), reader.signed())
        let hasDeblockingControl = try reader.bit()
        _ = try reader.bit()
        pictures[id] = Picture(
            sequence: sequence,
            isArithmetic: isArithmetic,
            hasBottomOrder: hasBottomOrder,
            references: references,
            weighsPredicted: weighsPredicted,
            weighsBipredicted: weighsBipredicted,
            hasDeblockingControl: hasDeblockingControl,
            hasRedundantPictures: try reader.bit()
        )
    }
}
