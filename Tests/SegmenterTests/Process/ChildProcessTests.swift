import Glibc
import TestSupport
import Testing

@testable import Segmenter

@Suite("Child process")
struct ChildProcessTests {
    /// Runs a shell script to its end; gives back its exit status and the lines of its standard error.
    private func shell(
        _ script: String,
        directory: String? = nil
    ) async throws -> (status: ExitStatus, lines: [String]) {
        let lines = Gathered<String>()
        let child = try await ChildProcess.start(
            "/bin/sh",
            ["-c", script],
            directory: directory,
            onLine: { lines.add($0) }
        )
        return (await child.exit(), lines.values)
    }

    @Test("Hands on every line of standard error, the unfinished last one too")
    func lines() async throws {
        let outcome = try await shell("echo one >&2; echo not this; echo >&2; printf two >&2")
        #expect(outcome.lines == ["one", "two"])
        #expect(outcome.status == .exited(code: 0))
    }

    @Test("Loses no line of much output")
    func manyLines() async throws {
        let outcome = try await shell("seq 1 50000 >&2")
        #expect(outcome.lines == (1...50_000).map(String.init))
    }

    @Test(
        "Tells how it ended",
        arguments: [
            ("exit 0", .exited(code: 0)), ("exit 3", .exited(code: 3)),
            ("kill -9 $$", .killed(signal: SIGKILL)), ("kill -15 $$", .killed(signal: SIGTERM)),
        ] as [(String, ExitStatus)]
    )
    func status(_ script: String, _ expected: ExitStatus) async throws {
        #expect(try await shell(script).status == expected)
    }

    @Test("Tells everyone who waits, and those who ask later")
    func manyWaiters() async throws {
        let child = try await ChildProcess.start("/bin/sh", ["-c", "exit 7"], onLine: { _ in })
        await withTaskGroup(of: ExitStatus.self) { group in
            for _ in 0..<8 { group.addTask { await child.exit() } }
            for await status in group { #expect(status == .exited(code: 7)) }
        }
        #expect(await child.exit() == .exited(code: 7))
    }

    @Test("Calls for the exit once, after the last line")
    func order() async throws {
        let seen = Gathered<String>()
        let child = try await ChildProcess.start(
            "/bin/sh",
            ["-c", "echo line >&2; exit 4"],
            onLine: { seen.add($0) },
            onExit: { seen.add("\($0)") }
        )
        _ = await child.exit()
        #expect(seen.values == ["line", "exit code 4"])
    }

    @Test("A missing program and a missing directory are typed errors")
    func missing() async throws {
        let expected = SegmenterError.system(call: "execve", errno: ENOENT)
        await #expect(throws: expected) {
            _ = try await ChildProcess.start("/nonexistent/ffmpeg", [], onLine: { _ in })
        }
        await #expect(throws: expected) {
            _ = try await self.shell("true", directory: "/nonexistent")
        }
        await #expect(throws: SegmenterError.system(call: "execve", errno: EACCES)) {
            _ = try await ChildProcess.start("/etc/passwd", [], onLine: { _ in })
        }
    }

    @Test("Works in the directory it is given, with this program's environment")
    func surroundings() async throws {
        let folder = try TemporaryFolder()
        let outcome = try await shell("pwd -P >&2; echo \"$PATH\" >&2", directory: folder.path)
        let real = try #require(realpath(folder.path, nil))
        defer { free(real) }
        #expect(outcome.lines == [String(cString: real), String(cString: getenv("PATH"))])
    }

    @Test("Has no descriptor but the standard three, which lead nowhere but to us")
    func descriptors() async throws {
        // A descriptor that is not close-on-exec, as a careless library opens them.
        let careless = dup(0)
        defer { close(careless) }
        let outcome = try await shell(
            // What the shell itself opened to list them is closed by then.
            "for n in /proc/$$/fd/*; do [ -e $n ] && echo ${n##*/} $(readlink $n) >&2; done"
        )
        #expect(outcome.lines.count == 3)
        #expect(outcome.lines.prefix(2) == ["0 /dev/null", "1 /dev/null"])
        #expect(outcome.lines.last?.hasPrefix("2 pipe:") == true)
    }

    @Test("Starts with every signal let through, and none ignored that can be restored")
    func signals() async throws {
        // Replaces the shell, which blocks signals itself while it starts others.
        let outcome = try await shell("exec grep -E '^Sig(Blk|Ign)' /proc/self/status >&2")
        let masks = outcome.lines.compactMap { line in
            line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) }
        }
        // Bits 31 and 32 are signals that the C library keeps for itself (nptl(7)).
        #expect(masks.map { $0 & ~0x1_8000_0000 } == [0, 0])
    }

    @Test("Leads a process group of its own")
    func processGroup() async throws {
        let outcome = try await shell("ps -o pgid= -p $$ >&2; echo $$ >&2")
        let numbers = outcome.lines.map { $0.filter { $0 != " " } }
        #expect(numbers.count == 2 && numbers.first == numbers.last)
    }

    /// A parent-death signal follows the thread that forked; ours is the poller's, which never ends.
    /// That the signal really comes is shown where a whole server is killed.
    @Test("Asks the kernel to be killed with its parent")
    func parentDeathSignal() async throws {
        let lines = Gathered<String>()
        let script = """
            import ctypes, sys
            number = ctypes.c_int()
            ctypes.CDLL(None).prctl(2, ctypes.byref(number))  # PR_GET_PDEATHSIG
            print(number.value, file=sys.stderr)
            """
        let child = try await ChildProcess.start(
            "/usr/bin/python3",
            ["-c", script],
            onLine: { lines.add($0) }
        )
        #expect(await child.exit().isSuccess)
        #expect(lines.values == ["\(SIGKILL)"])
    }

    @Test("Stops when asked")
    func stop() async throws {
        let child = try await ChildProcess.start("/bin/sleep", ["100"], onLine: { _ in })
        await child.stop(grace: .seconds(60))
        #expect(await child.exit() == .killed(signal: SIGTERM))
        #expect(!ProcessTable.has(child.pid))
    }

    @Test("Is killed when it does not stop within the grace")
    func stubborn() async throws {
        let lines = Gathered<String>()
        let child = try await ChildProcess.start(
            "/bin/sh",
            ["-c", "trap '' TERM; echo ready >&2; while :; do sleep 1; done"],
            onLine: { lines.add($0) }
        )
        try await eventually("the trap") { lines.values == ["ready"] }
        await child.stop(grace: .milliseconds(100))
        #expect(await child.exit() == .killed(signal: SIGKILL))
    }

    @Test("Ends although a grandchild holds its standard error open")
    func grandchild() async throws {
        let outcome = try await shell("sleep 100 & echo $! >&2")
        #expect(outcome.status.isSuccess)
        let grandchild = try #require(outcome.lines.first.flatMap { Int32($0) })
        kill(grandchild, SIGKILL)
    }

    @Test("A signal to an ended process does nothing")
    func lateSignal() async throws {
        let child = try await ChildProcess.start("/bin/true", [], onLine: { _ in })
        _ = await child.exit()
        child.send(SIGKILL)
        await child.stop(grace: .zero)
        #expect(await child.exit().isSuccess)
    }

    @Test("A hundred at once leave no zombie behind")
    func many() async throws {
        let children = Gathered<Int32>()
        try await withThrowingTaskGroup { group in
            for number in 0..<100 {
                group.addTask {
                    let child = try await ChildProcess.start(
                        "/bin/sh",
                        ["-c", "exit \(number)"],
                        onLine: { _ in }
                    )
                    children.add(child.pid)
                    #expect(await child.exit() == .exited(code: Int32(number)))
                }
            }
            try await group.waitForAll()
        }
        #expect(children.values.count == 100)
        #expect(!children.values.contains { ProcessTable.has($0) })
    }
}
