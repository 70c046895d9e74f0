import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("Camera run")
struct CameraRunTests {
    @Test(
        "Is named by its moment in UTC, so that runs sort by name",
        arguments: [
            (Int64(0), "19700101T000000000Z"),
            (1_700_000_000_123_456, "20231114T221320123Z"),
            (1_709_210_096_007_000, "20240229T123456007Z"),
            (1_735_689_599_999_999, "20241231T235959999Z"),
        ]
    )
    func identifier(_ microseconds: Int64, _ expected: String) {
        #expect(CameraRun.identifier(at: Timestamp(microseconds: microseconds)) == expected)
    }

    @Test("Has its own directory with the process's pid file, and tells what happens in order")
    func events() async throws {
        let folder = try TemporaryFolder()
        let run = try await CameraRun.start(
            in: folder.path + "/door",
            ffmpeg: FFmpeg(path: "/bin/sh"),
            arguments: [
                "-c",
                """
                echo one >&2; echo "[segment] Opening 'a' for writing" >&2; echo > a.m4s
                exec sleep 100
                """,
            ]
        )
        #expect(Directory.names(folder.path + "/door") == [run.id])
        var seen: [String] = []
        events: for await event in run.events.stream {
            switch event {
            case .log(let line):
                run.events.finishLine()
                seen.append(line)
                run.events.add(.tick)
            case .found: break
            case .tick:
                seen.append("tick")
                run.process.send(SIGTERM)
            case .ended(let status):
                seen.append("\(status)")
                break events
            }
        }
        // What it says of each file that it opens is of no interest.
        #expect(seen == ["one", "tick", "signal 15"])
        #expect(Directory.names(run.layout.directory).contains(PidFile.name))
    }

    @Test("Leaves no directory behind when ffmpeg cannot be started")
    func noLitter() async throws {
        let folder = try TemporaryFolder()
        let program = folder.file("ffmpeg")
        try "".write(to: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: program.path
        )
        let ffmpeg = try FFmpeg(path: program.path)
        try FileManager.default.removeItem(at: program)
        await #expect(throws: SegmenterError.system(call: "execve", errno: ENOENT)) {
            _ = try await CameraRun.start(in: folder.path + "/door", ffmpeg: ffmpeg, arguments: [])
        }
        #expect(Directory.names(folder.path + "/door").isEmpty)
    }
}
