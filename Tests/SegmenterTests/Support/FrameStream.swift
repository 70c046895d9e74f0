@testable import Segmenter

/// Frames as a camera sends them, made by hand.
struct FrameStream {
    private(set) var frames: [FragmentTiming.Frame] = []
    private var next = Duration.seconds(100)

    /// Adds groups of pictures of these lengths in frames, each that far apart.
    mutating func add(groups lengths: [Int], every interval: Duration = .milliseconds(40)) {
        for length in lengths {
            for index in 0..<length {
                frames.append(.init(decoded: next, shown: next, isKeyframe: index == 0))
                next += interval
            }
        }
    }

    /// What a profiler says of them, when they come in files of `count` frames and `bytes` bytes.
    func profile(count: Int = 5, bytes: Int = 10_000) -> StreamProfile {
        var profiler = StreamProfiler()
        for start in stride(from: 0, to: frames.count, by: count) {
            let file = frames[start..<min(start + count, frames.count)]
            profiler.add(Array(file), bytes: bytes)
        }
        return profiler.profile
    }
}
