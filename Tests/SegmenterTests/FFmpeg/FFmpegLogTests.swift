import Testing

@testable import Segmenter

@Suite("ffmpeg's log")
struct FFmpegLogTests {
    private let source = CameraSource.rtsp(url: "rtsp://admin:s3cret@192.0.2.7/live")
    private let failure = ExitStatus.exited(code: 1)

    private func reading(_ lines: String...) -> FFmpegLog {
        var log = FFmpegLog(secrets: Secrets(of: source))
        for line in lines { _ = log.add(line) }
        return log
    }

    @Test("Finds the input's description among other lines")
    func description() {
        var log = FFmpegLog(secrets: Secrets(of: .testPattern))
        var found: [InputDescription] = []
        let lines =
            "[libx264 @ 0x557671a7e640] [info] using SAR=1/1\n" + LogSamples.rtspUnprobed
            + "\n[hls @ 0x55f0] [info] Opening 'init.mp4' for writing"
        for line in lines.split(separator: "\n") {
            if let input = log.add(String(line)) { found.append(input) }
        }
        #expect(found.map(\.video?.codec) == ["h264"])
        #expect(found.map(\.audioCodec) == ["aac"])
    }

    @Test("Explains an end by what ffmpeg complained of, with secrets hidden")
    func reason() {
        let log = reading(
            "[tcp @ 0x55960b647640] [error] Connection to tcp://192.0.2.7:554 failed: Connection refused",
            "[error] rtsp://admin:s3cret@192.0.2.7/live: Connection refused"
        )
        #expect(
            log.reason(failure)
                == "nothing answers at this address and port: is the camera on? "
                + "(rtsp://***@192.0.2.7/live: Connection refused)"
        )
    }

    @Test("Keeps fatal errors, but neither warnings nor information, nor empty complaints")
    func levels() {
        let log = reading(
            "[warning] deprecated pixel format used",
            "[fatal] something odd",
            "[error] ",
            "[info] frame=   25 fps=0.0"
        )
        #expect(log.reason(failure) == "ffmpeg ended with exit code 1: something odd")
        #expect(reading("[error] ").reason(failure) == "ffmpeg ended with exit code 1")
    }

    @Test("Remembers the last complaints alone")
    func memory() {
        var log = reading("[error] 401 Unauthorized")
        for number in 1...12 { _ = log.add("[error] complaint \(number)") }
        #expect(log.reason(failure) == "ffmpeg ended with exit code 1: complaint 12")
    }
}
