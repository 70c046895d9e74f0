import Segmenter
import TestSupport
import Testing

@testable import Server

@Suite("How a ring's segments are listed live")
struct LiveListingTests {
    private let promises = LivePromises(targetDuration: 2, partTarget: .milliseconds(250))

    private func pieces(_ milliseconds: [Int]) throws -> [LivePiece] {
        let edge = try LiveEdge.example(partDurations: milliseconds.map { .milliseconds($0) })
        return LivePiece.pieces(of: edge.newest[0].parts, within: promises)
    }

    @Test(
        "In pieces that keep what was promised, as few as can be",
        arguments: [
            (Array(repeating: 200, count: 10), [10]),
            // Frames that come unevenly: a frame too long is not too long.
            (Array(repeating: 200, count: 9) + [240], [10]),
            (Array(repeating: 200, count: 24), [10, 10, 4]),
            // A pause of the camera's.
            ([200, 200, 800, 200, 200, 200], [2, 2, 2]),
            // A camera that sends three frames a second by now.
            (Array(repeating: 333, count: 7), [4, 3]),
            // A part that is longer than an entry may be is one by itself.
            ([200, 3000, 200], [1, 1, 1]),
        ]
    )
    func counts(_ durations: [Int], _ counts: [Int]) throws {
        #expect(try pieces(durations).map(\.parts.count) == counts)
    }

    @Test("No part that is listed is too long")
    func parts() throws {
        #expect(try pieces([200, 200, 800, 200, 200]).map(\.isInParts) == [true, false, true])
        #expect(try pieces([1000, 200, 200]).map(\.isInParts) == [false, true])
    }

    @Test("Only the last piece changes when parts are added")
    func stability() throws {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<10 {
            let durations = (0..<60).map { _ in
                [200, 240, 200, 333, 900].randomElement(using: &generator)!
            }
            let whole = try pieces(durations)
            for count in 1..<60 {
                let early = try pieces(Array(durations.prefix(count)))
                #expect(early.dropLast() == whole.prefix(early.count - 1))
                for piece in early.dropLast() {
                    #expect(piece.duration <= .milliseconds(2050))
                }
            }
        }
    }

    @Test("Entries are counted on, whether their segments are still there or not")
    func numbers() throws {
        var listing = LiveListing(promises)
        listing.update(try .example(parts: [10, 24, 10]))
        #expect([10, 11, 12, 13].map(listing.number) == [10, 11, 14, 15])
        listing.prune(before: 12)
        #expect(listing.number(of: 12) == 14)
        #expect(LiveListing(promises, surplus: listing.totalSurplus).number(of: 13) == 15)
    }

    @Test("Where it ends")
    func tip() throws {
        var listing = LiveListing(promises)
        let edge = try LiveEdge.example(parts: [10, 24])
        listing.update(edge)
        let expected = LiveListing.Tip(number: 13, parts: 4, isOpen: true, isInParts: true)
        #expect(listing.tip(of: edge) == expected)
        #expect(listing.tip(of: try .example(parts: [])) == nil)
    }
}
