import Testing

@testable import Segmenter

@Suite("Failure reason")
struct FailureReasonTests {
    @Test(
        "Says in plain words what went wrong and keeps ffmpeg's own",
        arguments: [
            (
                [
                    "method DESCRIBE failed: 401 Unauthorized",
                    "rtsp://***@192.0.2.7/: Server returned 401 Unauthorized (authorization failed)",
                ],
                "refuses the user name or password"
            ),
            (["HTTP error 403 Forbidden"], "forbids access"),
            (
                [
                    "method DESCRIBE failed: 404 Not Found",
                    "rtsp://192.0.2.7/x: Server returned 404 Not Found",
                ],
                "no stream at this path"
            ),
            (["method DESCRIBE failed: 454 Session Not Found"], "no stream at this path"),
            (["rtsp://192.0.2.7/: Connection refused"], "is the camera on?"),
            (["rtsp://192.0.2.7/: No route to host"], "no way to this address"),
            (["rtsp://192.0.2.7/: Network is unreachable"], "no way to this address"),
            (["rtsp://192.0.2.7/: Connection timed out"], "does not answer"),
            (
                [
                    "Failed to resolve hostname camera.invalid: Name or service not known",
                    "http://camera.invalid/: Input/output error",
                ],
                "no host of this name"
            ),
            (["Cannot open video device /dev/video0: Permission denied"], "video group"),
            (["ioctl(VIDIOC_STREAMON): Device or resource busy"], "another program"),
            (["/dev/video7: No such device"], "is the camera plugged in?"),
            (
                [
                    "Cannot open video device /dev/video0: No such file or directory",
                    "/dev/video0: No such file or directory",
                ],
                "no such file or device"
            ),
            (["Stream map '0:v:0' matches no streams."], "has no video"),
            (["av_interleaved_write_frame(): No space left on device"], "the disk is full"),
            (["http://192.0.2.7/: Invalid data found when processing input"], "is not video"),
            (["rtsp://192.0.2.7/: Input/output error"], "connection to the camera broke"),
            (["rtsp://192.0.2.7/: Invalid data found when processing input"], "address, port"),
            (["http://192.0.2.7/x: Server returned 5XX Server Error reply"], "fault of its own"),
            (
                [
                    "An unexpected TLS packet was received.",
                    "rtsps://192.0.2.7:554/x: Input/output error",
                ],
                "does not speak TLS"
            ),
            (
                ["Port missing in uri", "rtsp://admin:***@192.0.2.7/: Invalid argument"],
                "host and port"
            ),
            (
                [
                    "Stream ends prematurely at 1550, should be 18446744073709551615",
                    "http://192.0.2.7/html: Input/output error",
                ],
                "broke off"
            ),
            (
                [
                    "method SETUP failed: 453 Not Enough Bandwidth",
                    "rtsp://192.0.2.7/: Invalid data found when processing input",
                ],
                "refuses to send"
            ),
            (["http://192.0.2.7/: Connection reset by peer"], "closed the connection"),
        ]
    )
    func meaning(_ complaints: [String], _ words: String) throws {
        let reason = FailureReason.explain(complaints, .exited(code: 1))
        #expect(reason.contains(words))
        let quoted = try #require(complaints.last { reason.contains($0) })
        #expect(reason.hasSuffix("(\(quoted))"))
    }

    @Test(
        "Says what it knows where it knows no meaning",
        arguments: [
            (
                ["Unknown encoder 'libx265'"], .exited(code: 1),
                "ffmpeg ended with exit code 1: Unknown encoder 'libx265'"
            ),
            (
                [], .exited(code: 0),
                "the stream ended: the camera closed it, or the file is over"
            ),
            ([], .exited(code: 187), "ffmpeg ended with exit code 187"),
            ([], .killed(signal: 9), "ffmpeg ended with signal 9"),
        ] as [([String], ExitStatus, String)]
    )
    func unknown(_ complaints: [String], _ status: ExitStatus, _ expected: String) {
        #expect(FailureReason.explain(complaints, status) == expected)
    }
}
