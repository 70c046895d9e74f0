import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Run intake, of what is damaged")
struct RunIntakeDamageTests {
    /// What may be wrong with a file.
    enum Damage: CaseIterable {
        case noMedia
        case cutShort
        case noData
    }

    @Test(
        "A damaged stretch ends the segment, and the next file begins another",
        arguments: Damage.allCases
    )
    func damaged(_ damage: Damage) async throws {
        let folder = try await WrittenRun.copies(of: .h264)
        let file = folder.file("000000.m4s")
        let growth = try WrittenRun.Growth(of: folder.path, number: 0)
        var bytes = growth.bytes
        // In the third of its fragments, or from there on.
        let start = growth.ends[1]
        switch damage {
        case .noMedia: bytes.replaceSubrange(start + 4..<start + 8, with: Array("nooo".utf8))
        case .cutShort: bytes.removeSubrange((start + 20)...)
        case .noData:
            let head = Int(bytes[start + 2]) << 8 + Int(bytes[start + 3])
            bytes.replaceSubrange(start + head + 4..<start + head + 8, with: Array("nooo".utf8))
        }
        try Data(bytes).write(to: file)
        let bench = IntakeBench(folder.path) { $0.sequence = 41 }
        let segments = await bench.finish()
        #expect(bench.losses.count == 1)
        #expect(segments.map(\.sequence) == [41, 42, 43])
        #expect(segments.map(\.duration) == [.milliseconds(400), .seconds(1), .seconds(1)])
        #expect(segments[1].gapReason?.hasPrefix("a part of the recording was lost") == true)
        #expect(!segments[0].isFollowed(by: segments[1]))
        #expect(segments[1].isFollowed(by: segments[2]))
        // What is on disk is whole as far as it goes.
        #expect(try File(reading: segments[0].path).size == Int64(segments[0].bytes))
        #expect(!Directory.names(folder.path).contains { $0.hasSuffix(".cut") })
    }

    @Test("A file that meets too many open files is read at the next look, in order")
    func tooManyFiles() async {
        // In a process of its own, whose limit may be set.
        await #expect(processExitsWith: .success) {
            let folder = try await WrittenRun.copies(of: .h264)
            let bench = IntakeBench(folder.path)
            var usual = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &usual)
            var none = rlimit(rlim_cur: 0, rlim_max: usual.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
            await bench.read()
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &usual)
            #expect(await bench.ring.segments.isEmpty)
            await bench.read(after: .seconds(1))
            #expect(await bench.ring.segments.map(\.isOpen) == [false, false, true])
            #expect(bench.losses.isEmpty)
        }
    }

    @Test("A file without its header gives nothing, and is told once; the next one is taken")
    func noHeader() async throws {
        let folder = try await WrittenRun.copies(of: .h264)
        let growth = try WrittenRun.Growth(of: folder.path, number: 0)
        try Data(growth.bytes[growth.headerLength...]).write(to: folder.file("000000.m4s"))
        let bench = IntakeBench(folder.path)
        let segments = await bench.finish()
        #expect(bench.losses == [.malformedMedia("a fragment before its moov box")])
        #expect(segments.map(\.name) == ["000001.m4s", "000002.m4s"])
    }

    @Test("A run that ends before ffmpeg has written anything gives nothing, and says nothing")
    func nothing() async throws {
        let folder = try TemporaryFolder()
        let bench = IntakeBench(folder.path)
        await bench.read()
        #expect(await bench.finish().isEmpty)
        try Data().write(to: folder.file("000000.m4s"))
        let empty = IntakeBench(folder.path)
        await empty.read()
        #expect(await empty.finish().isEmpty)
        #expect(bench.losses.isEmpty && empty.losses.isEmpty)
    }
}
