import Archive
import Segmenter
import Testing

@testable import Server

@Suite("Rings on a full disk")
struct RingDietTests {
    private static let megabyte = 1 << 20
    private static let minFree = 1000 * megabyte
    private var diet = RingDiet()

    /// Looks at so many free megabytes, and gives what rings of these buffers hold then.
    private mutating func look(
        _ free: Int,
        minFree: Int = minFree,
        growth: Int = 0,
        buffers: [Int] = [60]
    ) -> [Double] {
        diet.look(
            Room(free: free * Self.megabyte, minFree: minFree),
            longest: .seconds(buffers.max()!),
            growth: growth * Self.megabyte
        )
        return buffers.map { diet.allowance(of: .seconds($0)).seconds }
    }

    @Test("With room enough rings hold what they are to")
    mutating func enough() {
        #expect(look(1000) == [60])
        #expect(look(16, minFree: 0) == [60])
        #expect(!diet.isOn)
    }

    @Test("With too little they hold half and half again, but what a trigger needs by default")
    mutating func short() {
        #expect(look(999, buffers: [300, 45, 20]) == [150, 30, 20])
        #expect(look(999, buffers: [300, 45, 20]) == [75, 30, 20])
        #expect(look(999, buffers: [300, 45, 20]) == [37.5, 30, 20])
        #expect(look(999, buffers: [300, 45, 20]) == [30, 30, 20])
        #expect(look(999, buffers: [300, 45, 20]) == [30, 30, 20])
    }

    @Test("With hardly any room ten seconds are left, whatever is to stay free")
    mutating func hard() {
        #expect(look(15, minFree: 0, buffers: [60, 10]) == [30, 10])
        #expect(look(15, minFree: 0, buffers: [60, 10]) == [15, 10])
        #expect(look(-5, minFree: 0, buffers: [60, 10]) == [10, 10])
        #expect(look(-5, minFree: 0, buffers: [60, 10]) == [10, 10])
    }

    @Test("When room returns they grow step by step, but only into what there is")
    mutating func growing() {
        for _ in 0..<9 { _ = look(5, buffers: [60]) }
        #expect(look(1032) == [10])
        #expect(look(1033) == [30])
        #expect(look(1100, growth: 68) == [30])
        #expect(look(1100, growth: 67) == [30])
        #expect(look(1100, growth: 67) == [30])
        #expect(look(1100, growth: 67) == [60])
        #expect(!diet.isOn)
    }
}
