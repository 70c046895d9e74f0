import Testing

@testable import Segmenter

@Suite("Stream profiler")
struct StreamProfilerTests {
    private func profile(
        _ groups: [Int],
        every interval: Duration = .milliseconds(40)
    ) -> StreamProfile {
        var stream = FrameStream()
        stream.add(groups: groups, every: interval)
        return stream.profile()
    }

    @Test("Nothing is known of nothing")
    func nothing() {
        #expect(StreamProfiler().profile == StreamProfile())
    }

    @Test("One frame has neither a rate nor a bit rate")
    func oneFrame() {
        #expect(profile([1]) == StreamProfile())
    }

    @Test("A steady stream: rate, bit rate and groups of pictures")
    func steady() throws {
        let profile = profile([50, 50, 50, 10])
        #expect(abs((profile.frameRate ?? 0) - 25) < 0.001)
        #expect(!profile.hasVariableRate)
        #expect(!profile.hasBFrames)
        let groups = try #require(profile.groups)
        #expect(
            groups
                == .init(count: 3, median: .seconds(2), shortest: .seconds(2), longest: .seconds(2))
        )
        #expect(!groups.vary)
        #expect(profile.openGroup == .milliseconds(360))
        #expect(profile.longestGroup == .seconds(2))
        // 10,000 bytes for every five frames, 0.2 s.
        #expect(profile.bitrate == 400_000)
        #expect(profile.duration == .milliseconds(159 * 40))
    }

    @Test("Keyframes alone are groups of one frame")
    func allKeyframes() {
        #expect(profile(Array(repeating: 1, count: 50)).groups?.median == .milliseconds(40))
    }

    @Test("A group that is still open counts for the longest")
    func openGroup() {
        let profile = profile([50, 200])
        #expect(profile.groups?.longest == .seconds(2))
        #expect(profile.longestGroup == .milliseconds(199 * 40))
    }

    @Test("Groups of uneven lengths vary")
    func uneven() throws {
        let groups = try #require(profile([50, 200, 75, 250, 1]).groups)
        #expect(groups.vary)
        #expect(groups.shortest == .seconds(2) && groups.longest == .seconds(10))
        #expect(groups.median == .seconds(8))
    }

    @Test("Only what was measured lately counts: half a minute of frames, sixteen groups")
    func forgets() {
        var stream = FrameStream()
        stream.add(groups: [250])
        stream.add(groups: Array(repeating: 20, count: 50), every: .milliseconds(50))
        let profile = stream.profile()
        #expect(abs((profile.frameRate ?? 0) - 20) < 0.001)
        #expect(profile.duration >= .seconds(30) && profile.duration < .milliseconds(30_250))
        #expect(profile.groups?.count == 16)
        #expect(profile.groups?.longest == .seconds(1))
    }

    @Test(
        "A rate varies when more than one interval in twenty is a fifth off the usual one",
        arguments: [
            (odd: 1, Duration.milliseconds(80), varies: false),
            (odd: 20, .milliseconds(80), varies: true),
            (odd: 20, .milliseconds(46), varies: false),
            (odd: 20, .milliseconds(25), varies: true),
        ]
    )
    func variableRate(_ odd: Int, _ interval: Duration, _ varies: Bool) {
        var stream = FrameStream()
        stream.add(groups: [100])
        stream.add(groups: [odd], every: interval)
        stream.add(groups: [100])
        #expect(stream.profile().hasVariableRate == varies)
    }

    @Test("Frames shown in another order than sent are B-frames, across files too")
    func bFrames() {
        let times = [(0, 40), (40, 160), (80, 80), (120, 120)]
        var profiler = StreamProfiler()
        for (index, (decoded, shown)) in times.enumerated() {
            let frame = FragmentTiming.Frame(
                decoded: .milliseconds(decoded),
                shown: .milliseconds(shown),
                isKeyframe: index == 0
            )
            profiler.add([frame], bytes: 100)
            #expect(profiler.profile.hasBFrames == (index >= 2))
        }
    }

    @Test("A media clock that jumps, back or far ahead, begins anew", arguments: [0, 10_000])
    func jump(_ second: Int) {
        var stream = FrameStream()
        stream.add(groups: [50, 50, 10])
        var profiler = StreamProfiler()
        profiler.add(stream.frames, bytes: 1000)
        let time = Duration.seconds(second)
        profiler.add([.init(decoded: time, shown: time, isKeyframe: true)], bytes: 1000)
        #expect(profiler.profile == StreamProfile())
    }

    @Test("A first frame without a timestamp of its own counts as an interval before the second")
    func firstFrame() {
        var stream = FrameStream()
        stream.add(groups: [50, 50])
        var frames = stream.frames
        frames[0] = .init(
            decoded: frames[1].decoded - .microseconds(78),
            shown: frames[1].decoded - .microseconds(78),
            isKeyframe: true
        )
        var profiler = StreamProfiler()
        profiler.add(frames, bytes: 1000)
        #expect(profiler.profile.groups?.median == .seconds(2))
        #expect(abs((profiler.profile.frameRate ?? 0) - 25) < 0.001)
    }

    @Test("A file without frames changes nothing")
    func noFrames() {
        var profiler = StreamProfiler()
        profiler.add([], bytes: 1000)
        #expect(profiler.profile == StreamProfile())
    }
}
