import Testing

@testable import Segmenter

@Suite("Sound watch")
struct SoundWatchTests {
    private static let output = "[info] Output #0, segment, to '%06d.mp4':"
    private static let firstSound = "0,          0,          0,      160,      160, 0x5a1b2c3d"
    private static let unreadable = "[rtsp @ 0x55d2] [error] Error parsing AU headers"

    private let announced = InputDescription(
        format: "rtsp",
        video: .init(codec: "h264", width: 640, height: 360),
        audioCodec: "pcm_alaw"
    )

    /// A watch whose run has lived for five seconds and waits for announced sound in vain.
    private func waiting() -> SoundWatch {
        var watch = SoundWatch()
        watch.begin()
        _ = watch.add(announced, at: .seconds(2))
        return watch
    }

    @Test("Sound that is announced and does not come is left out, and looked for")
    func silence() {
        var watch = waiting()
        #expect(watch.tick(.seconds(3), encodesVideo: false) == .nothing)
        #expect(watch.tick(.seconds(5), encodesVideo: false) == .otherTreatment)
        #expect(watch.treatment == .awaited)
        #expect(watch.notice?.contains("sends none") == true)
    }

    @Test("Once ffmpeg writes, nothing is missing")
    func writing() {
        var watch = waiting()
        #expect(watch.add(Self.output, at: .seconds(3)) == .nothing)
        #expect(watch.tick(.seconds(60), encodesVideo: false) == .nothing)
        #expect(watch.treatment == .recorded && watch.notice == nil)
    }

    @Test("A picture that is encoded may be what is slow")
    func slowPicture() {
        var watch = waiting()
        #expect(watch.tick(.seconds(11), encodesVideo: true) == .nothing)
        #expect(watch.tick(.seconds(13), encodesVideo: true) == .otherTreatment)
    }

    @Test("Sound that comes late is taken in; sound that always comes late, once")
    func lateSound() {
        var watch = waiting()
        _ = watch.tick(.seconds(5), encodesVideo: false)
        watch.begin()
        #expect(watch.add(Self.firstSound, at: .seconds(40)) == .sound)
        #expect(watch.treatment == .recorded && watch.notice == nil)
        watch.begin()
        _ = watch.add(announced, at: .seconds(2))
        #expect(watch.tick(.seconds(5), encodesVideo: false) == .otherTreatment)
        watch.begin()
        #expect(watch.add(Self.firstSound, at: .seconds(40)) == .nothing)
        #expect(watch.treatment == .awaited)
    }

    @Test("Sound that stops and comes back is taken in each time")
    func returningSound() {
        var watch = waiting()
        for _ in 0..<3 {
            #expect(watch.tick(.seconds(5), encodesVideo: false) == .otherTreatment)
            watch.begin()
            #expect(watch.add(Self.firstSound, at: .seconds(40)) == .sound)
            watch.begin()
            _ = watch.add(announced, at: .seconds(2))
            _ = watch.add(Self.output, at: .seconds(2))
            watch.begin()
            _ = watch.add(announced, at: .seconds(2))
        }
    }

    @Test("Sound whose every packet is refused is not asked for again, with ffmpeg's words")
    func unreadable() {
        var watch = waiting()
        let findings = (0..<30).map { watch.add(Self.unreadable, at: .milliseconds(100 * $0)) }
        #expect(findings.contains(.otherTreatment))
        #expect(watch.treatment == .refused)
        #expect(watch.notice?.contains("Error parsing AU headers") == true)
    }

    @Test("A packet lost now and then means nothing")
    func rareErrors() {
        var watch = waiting()
        _ = watch.add(Self.output, at: .seconds(2))
        for minute in 0..<100 {
            #expect(watch.add(Self.unreadable, at: .seconds(60 * minute)) == .nothing)
        }
    }

    @Test("Sound in no known format is left out at once")
    func unknownFormat() {
        var watch = SoundWatch()
        watch.begin()
        var input = announced
        input.audioCodec = "none"
        #expect(watch.add(input, at: .seconds(2)) == .otherTreatment)
        #expect(watch.treatment == .refused)
    }

    @Test("A camera that announces none any more is not waited for")
    func noLongerAnnounced() {
        var watch = waiting()
        _ = watch.tick(.seconds(5), encodesVideo: false)
        watch.begin()
        let line = "[fatal] Output file #1 does not contain any stream"
        #expect(watch.add(line, at: .seconds(1)) == .otherTreatment)
        #expect(watch.treatment == .recorded)
    }
}
