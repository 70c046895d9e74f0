import Testing

@testable import Segmenter

@Suite("Segment builder")
struct SegmentBuilderTests {
    /// Segments made of frames of 200 ms that come punctually, one in each fragment of 100 bytes.
    private final class Bench {
        static let birth = SteadyTime(microseconds: 1_700_000_000_000_000)

        var builder = SegmentBuilder(sequence: 41, gapReason: "it slept")
        var clock: RunClock
        private var file: Int?
        private var offset = 0
        private var now = Bench.birth

        init(settling: Duration = .zero) { clock = RunClock(settling: settling) }

        func add(
            _ time: Int,
            file: Int,
            lasting length: Int = 200,
            cameWithLast: Bool = false,
            pauses: [Range<Duration>] = []
        ) throws {
            if self.file != file { offset = 800 }
            let fragment = try Fragment.example(
                at: time,
                lasting: length,
                isKeyframe: self.file != file,
                offset: offset
            )
            self.file = file
            offset += 100
            now = Self.birth + .milliseconds(time)
            clock.observe(media: .milliseconds(time), arrived: now)
            builder.add(
                fragment,
                file: file,
                of: .example,
                cameWithLast: cameWithLast,
                pauses: pauses,
                usualInterval: .milliseconds(200)
            )
        }

        /// - Parameter later: by so much after the newest frame's arrival.
        func growth(later: Duration = .milliseconds(200)) -> SegmentBuilder.Growth {
            builder.growth(by: clock, at: now + later)
        }

        func interrupt(_ reason: String) -> (file: Int, length: Int)? {
            builder.interrupt(reason)
        }

        func finish() -> [SteadyPartedSegment] {
            builder.finish(by: clock, at: now + .milliseconds(200))
        }
    }

    private func moment(_ milliseconds: Int) -> SteadyTime {
        Bench.birth + .milliseconds(milliseconds)
    }

    @Test("Each file becomes a segment, which goes on where the one before ended")
    func files() throws {
        let bench = Bench()
        for time in stride(from: 0, to: 1000, by: 200) { try bench.add(time, file: 0) }
        let first = try #require(bench.growth().open)
        #expect(first.segment.isOpen)
        #expect(first.segment.sequence == 41 && first.segment.name == "000000.m4s")
        #expect(first.segment.start == moment(0) && first.segment.end == moment(1000))
        #expect(first.segment.gapReason == "it slept")
        #expect(first.segment.bytes == 1300)
        #expect(first.parts.map(\.number) == [0, 1, 2, 3, 4])
        #expect(first.parts.map(\.offset) == [800, 900, 1000, 1100, 1200])
        #expect(first.parts.map(\.startsOnKeyframe) == [true, false, false, false, false])
        // Its last frame lasts until the next one.
        try bench.add(1040, file: 1)
        let growth = bench.growth()
        let closed = try #require(growth.closed.first).segment
        #expect(!closed.isOpen && closed.duration == .milliseconds(1040))
        let open = try #require(growth.open)
        #expect(closed.isFollowed(by: open.segment))
        #expect(open.segment.start == closed.end)
        #expect(open.segment.sequence == 42 && open.parts.map(\.number) == [5])
        #expect(bench.growth().closed.isEmpty)
        #expect(bench.finish().map(\.segment.sequence) == [42])
        #expect(bench.finish().isEmpty)
    }

    @Test("What was written at once is one part, as long as that is short")
    func parts() throws {
        let bench = Bench()
        for (time, cameWithLast) in [(0, false), (40, true), (80, false), (120, true)] {
            try bench.add(time, file: 0, lasting: 40, cameWithLast: cameWithLast)
        }
        let parts = try #require(bench.growth().open).parts
        #expect(parts.map(\.length) == [200, 200])
        #expect(parts.map(\.duration) == [.milliseconds(80), .milliseconds(80)])
        let stalled = Bench()
        for time in [0, 200, 400] { try stalled.add(time, file: 0, cameWithLast: time > 0) }
        #expect(stalled.growth().open?.parts.count == 3)
    }

    @Test(
        "After a loss a segment begins that does not go on, and says why: the first reason is the true one"
    )
    func interruptions() throws {
        let bench = Bench()
        #expect(bench.interrupt("hidden") == nil)
        try bench.add(0, file: 0)
        try bench.add(200, file: 0)
        #expect(bench.growth().open?.segment.gapReason == "it slept")
        let cut = try #require(bench.interrupt("lost"))
        #expect(cut.file == 0 && cut.length == 1000)
        #expect(bench.interrupt("later") == nil)
        try bench.add(1000, file: 1)
        let growth = bench.growth()
        let closed = try #require(growth.closed.first).segment
        let open = try #require(growth.open).segment
        #expect(closed.end == moment(400))
        #expect(open.gapReason == "lost" && open.start == moment(1000))
        #expect(!closed.isFollowed(by: open))
    }

    @Test("Nothing is given away before it is known when it was; then all is")
    func settling() throws {
        let bench = Bench(settling: RunClock.settling)
        try bench.add(0, file: 0)
        #expect(bench.growth() == SegmentBuilder.Growth(isSettling: true))
        try bench.add(200, file: 1)
        #expect(bench.growth() == SegmentBuilder.Growth(isSettling: true))
        var time = 400
        while !bench.clock.isSettled {
            try bench.add(time, file: 1)
            time += 200
        }
        let growth = bench.growth()
        #expect(growth.closed.map(\.segment.start) == [moment(0)])
        #expect(growth.open?.segment.start == moment(200))
        // A run that ends before is placed all the same.
        let other = Bench(settling: RunClock.settling)
        try other.add(0, file: 0)
        #expect(other.finish().map(\.segment.start) == [moment(0)])
    }

    @Test("A pause belongs to the segment that it is in, or that was open when it began")
    func pauses() throws {
        let bench = Bench()
        func pause(_ start: Int, _ end: Int) -> Range<Duration> {
            .milliseconds(start)..<Duration.milliseconds(end)
        }
        try bench.add(0, file: 0)
        try bench.add(3000, file: 0, pauses: [pause(200, 3000)])
        #expect(
            bench.growth().open?.segment.pauses == [
                TimedPause(start: moment(200), end: moment(3000))
            ]
        )
        try bench.add(6000, file: 1, pauses: [pause(3200, 6000)])
        let growth = bench.growth()
        #expect(growth.closed.first?.segment.pauses.count == 2)
        #expect(growth.open?.segment.pauses.isEmpty == true)
    }

    @Test("Nothing that has come is dated into the future")
    func present() throws {
        let bench = Bench()
        try bench.add(0, file: 0)
        // ffmpeg gives the last frame a duration that it only expects.
        #expect(bench.growth(later: .milliseconds(30)).open?.segment.end == moment(30))
    }
}
