import Foundation
import TestSupport
import Testing

@testable import Segmenter

/// Reading what a failing disk gives back must throw or give some value; that it returns at all is
/// what most of these tests show.
@Suite("Damaged media")
struct DamagedMediaTests {
    private static let kinds: [SampleRun.Kind] = [.h264BFrames, .h264AAC]

    @Test("No cut initialisation segment is accepted", arguments: kinds)
    func cutInit(_ kind: SampleRun.Kind) async throws {
        let bytes = try await initBytes(kind)
        for length in 0..<bytes.count {
            #expect(throws: SegmenterError.self) {
                try InitSegment(parsing: Array(bytes[..<length]))
            }
        }
    }

    @Test("No changed byte of an initialisation segment is a trap", arguments: kinds)
    func changedInit(_ kind: SampleRun.Kind) async throws {
        let bytes = try await initBytes(kind)
        let segment = try await SampleRun.of(kind).segments[0]
        for position in bytes.indices {
            for mask: UInt8 in [0x01, 0x80, 0xff] {
                var damaged = bytes
                damaged[position] ^= mask
                guard let video = try? InitSegment(parsing: damaged).video else { continue }
                Self.place(segment, video)
            }
        }
    }

    @Test("No cut segment is accepted", arguments: kinds)
    func cutSegment(_ kind: SampleRun.Kind) async throws {
        let damaged = try await DamagedSegment(of: SampleRun.of(kind))
        // The fragment's head in full, then the media data in steps.
        let lengths =
            Array(0..<damaged.headLength)
            + stride(
                from: damaged.headLength + 8,
                to: damaged.bytes.count,
                by: 997
            )
        for length in lengths where !damaged.boundaries.contains(length) {
            try damaged.write(Array(damaged.bytes[..<length]))
            #expect(throws: SegmenterError.self, "cut to \(length) bytes") {
                try SegmentFile.readTiming(damaged.path, track: damaged.video)
            }
        }
    }

    @Test("No changed byte of a segment's head is a trap", arguments: kinds)
    func changedSegment(_ kind: SampleRun.Kind) async throws {
        let damaged = try await DamagedSegment(of: SampleRun.of(kind))
        let head = Array(damaged.bytes[..<damaged.headLength])
        for position in head.indices {
            for mask: UInt8 in [0x01, 0x80, 0xff] {
                try damaged.overwrite(position, with: [head[position] ^ mask])
                Self.place(damaged.path, damaged.video)
            }
            try damaged.overwrite(position, with: [head[position]])
        }
    }

    @Test("No random damage is a trap", arguments: kinds)
    func randomDamage(_ kind: SampleRun.Kind) async throws {
        let damaged = try await DamagedSegment(of: SampleRun.of(kind))
        let head = Array(damaged.bytes[..<damaged.headLength])
        var generator = SplitMix64(seed: 2)
        for _ in 0..<2000 {
            var bytes = head
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let position = Int.random(in: head.indices, using: &generator)
                bytes[position] = UInt8.random(in: 0...255, using: &generator)
            }
            try damaged.overwrite(0, with: bytes)
            Self.place(damaged.path, damaged.video)
        }
    }

    private func initBytes(_ kind: SampleRun.Kind) async throws -> [UInt8] {
        let path = try await SampleRun.of(kind).initPath
        return Array(try Data(contentsOf: URL(filePath: path)))
    }

    /// Goes the whole way from a file to a place on the wall clock.
    private static func place(_ path: String, _ video: Track) {
        if let file = try? GrowingFile(path) {
            let media = InitSegment(tracks: [video])
            let size = file.state().size
            while (try? file.nextFragment(within: size, media: media)) ?? nil != nil {}
        }
        guard let timing = try? SegmentFile.readTiming(path, track: video) else { return }
        var clock = RunClock()
        clock.observe(media: timing.end, arrived: SystemClock().now)
        _ = clock.steadyTime(of: timing.start)
    }
}
