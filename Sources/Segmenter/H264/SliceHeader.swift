/// The header of an H.264 slice (ITU-T H.264 §7.3.3), as far as it says what becomes of earlier pictures.
struct SliceHeader {
    /// A memory management control operation (§7.3.3.3), with its operands.
    struct Operation: Hashable {
        let code: Int
        let operands: [Int]

        /// By how many pictures (fields, in a field) before this one the picture comes that it gives up or
        /// keeps for long; nil if it is about none.
        fileprivate var distance: Int? { code == 1 || code == 3 ? operands[0] + 1 : nil }
    }

    let frameNumber: Int
    /// How many frames are counted before the number begins anew.
    let frameNumbers: Int
    /// Nil where nothing is said: the oldest reference goes.
    let operations: [Operation]?

    private let isField: Bool
    private let isArithmetic: Bool
    /// Where the operations stand, and where the header ends, in the payload's bits.
    private let marking: Range<Int>
    private let end: Int

    /// - Parameters:
    ///   - unit: a slice; not of a picture that begins everything anew, which none of this is about.
    ///   - limit: so many of its bytes hold its header.
    init(_ unit: NALUnit, _ parameters: H264Parameters, limit: Int = 1024) throws(SegmenterError) {
        var reader = BitReader(unit.payload(limit: limit))
        _ = try reader.unsigned()
        // P, B, I, SP, SI, in this order.
        let kind = try reader.unsigned() % 5
        let (isPredicted, isBipredicted) = (kind == 0 || kind == 3, kind == 1)
        let (sequence, picture) = try parameters.sets(for: try reader.unsigned())
        if sequence.hasSeparatePlanes { _ = try reader.bits(2) }
        frameNumber = try reader.bits(sequence.frameNumberBits)
        frameNumbers = 1 << sequence.frameNumberBits
        isField = sequence.framesOnly ? false : try reader.bit()
        if isField { _ = try reader.bit() }
        switch sequence.orderKind {
        case 0:
            _ = try reader.bits(sequence.orderBits)
            if picture.hasBottomOrder && !isField { _ = try reader.signed() }
        case 1 where !sequence.orderIsAlwaysZero:
            _ = try reader.signed()
            if picture.hasBottomOrder && !isField { _ = try reader.signed() }
        default: break
        }
        if picture.hasRedundantPictures { _ = try reader.unsigned() }
        if isBipredicted { _ = try reader.bit() }
        let lists = isBipredicted ? 2 : isPredicted ? 1 : 0
        var references = picture.references
        if lists > 0, try reader.bit() {
            for list in 0..<lists { references[list] = try reader.unsigned() + 1 }
        }
        for _ in 0..<lists where try reader.bit() {
            while try reader.unsigned() != 3 { _ = try reader.unsigned() }
        }
        if (isPredicted && picture.weighsPredicted) || (isBipredicted && picture.weighsBipredicted)
        {
            try Self.skipWeights(references.prefix(lists), sequence.hasColour, in: &reader)
        }
        let start = reader.position
        operations = unit.isReference ? try Self.operations(in: &reader) : nil
        marking = start..<reader.position
        isArithmetic = picture.isArithmetic
        if isArithmetic && lists > 0 { _ = try reader.unsigned() }
        _ = try reader.signed()
        if kind == 3 { _ = try reader.bit() }
        if kind >= 3 { _ = try reader.signed() }
        if picture.hasDeblockingControl, try reader.unsigned() != 1 {
            _ = try (reader.signed(), reader.signed())
        }
        end = reader.position
    }

    private static func skipWeights(
        _ references: ArraySlice<Int>,
        _ hasColour: Bool,
        in reader: inout BitReader
    ) throws(SegmenterError) {
        _ = try reader.unsigned()
        if hasColour { _ = try reader.unsigned() }
        for count in references {
            for _ in 0..<min(count, 32) {
                if try reader.bit() { _ = try (reader.signed(), reader.signed()) }
                if hasColour, try reader.bit() {
                    for _ in 0..<4 { _ = try reader.signed() }
                }
            }
        }
    }

    private static func operations(
        in reader: inout BitReader
    ) throws(SegmenterError) -> [Operation]? {
        guard try reader.bit() else { return nil }
        var operations: [Operation] = []
        while case let code = try reader.unsigned(), code != 0 {
            let count = code == 3 ? 2 : code == 5 ? 0 : 1
            var operands: [Int] = []
            for _ in 0..<count { operands.append(try reader.unsigned()) }
            operations.append(Operation(code: code, operands: operands))
        }
        return operations
    }

    /// The operations without those about pictures from before the first one, so many frames ago; nil if
    /// there are none.
    func operations(since first: Int) -> [Operation]? {
        guard let operations else { return nil }
        let left = operations.filter { operation in
            guard let distance = operation.distance else { return true }
            // §8.2.4.1: of a field's 2 n + 1, that of a field of the n-th frame is no less than 2 n.
            let frames = isField ? frameNumber - (2 * frameNumber + 1 - distance) >> 1 : distance
            return frames <= first
        }
        return left == operations ? nil : left
    }

    /// The unit with other operations.
    ///
    /// Where none is left the oldest reference goes, if there are too many: some decoders, ffmpeg's too, make up
    /// for the pictures that never came, and would have one too many.
    func rewrite(_ unit: NALUnit, operations: [Operation]) -> [UInt8] {
        let payload = unit.payload()
        var writer = BitWriter()
        writer.append(0..<marking.lowerBound, of: payload)
        writer.append(!operations.isEmpty)
        for operation in operations {
            for number in [operation.code] + operation.operands { writer.append(unsigned: number) }
        }
        if !operations.isEmpty { writer.append(unsigned: 0) }
        writer.append(marking.upperBound..<end, of: payload)
        if isArithmetic {
            // §7.3.4: its data begins with a byte.
            while writer.count % 8 != 0 { writer.append(true) }
            writer.append(bytes: payload[((end + 7) / 8)...])
        } else {
            // What follows the last one only fills its byte (§7.3.2.11).
            let last = payload.lastIndex { $0 != 0 } ?? payload.count - 1
            let stop = last * 8 + 8 - payload[last].trailingZeroBitCount
            writer.append(end..<max(end, stop), of: payload)
        }
        return unit.replacing(payload: writer.bytes)
    }
}
