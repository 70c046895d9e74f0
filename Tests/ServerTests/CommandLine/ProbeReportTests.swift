import Testing

@testable import Segmenter
@testable import Server

@Suite("The report of a probe")
struct ProbeReportTests {
    private static func profile(_ seconds: [Double], open: Double) -> StreamProfile {
        StreamProfile(
            groups: StreamProfile.GroupsOfPictures(
                count: seconds.count,
                median: .seconds(seconds[seconds.count / 2]),
                shortest: .seconds(seconds[0]),
                longest: .seconds(seconds[seconds.count - 1])
            ),
            openGroup: .seconds(open)
        )
    }

    @Test(
        "Says how far apart keyframes are",
        arguments: [
            (StreamProfile(openGroup: .seconds(7.96)), "none for 7.96 s"),
            (profile([2, 2, 2.01], open: 1), "every 2 s"),
            (profile([0.04], open: 0), "every 0.04 s"),
            (profile([1, 2, 8], open: 1), "every 1 to 8 s"),
            (profile([2, 2, 2], open: 5.5), "every 2 to 5.5 s"),
        ]
    )
    func keyframes(_ profile: StreamProfile, _ text: String) {
        #expect(ProbeReport.keyframes(profile) == text)
    }

    @Test(
        "Says bit rates as cameras' settings do",
        arguments: [(999, "1 kb/s"), (850_400, "850 kb/s"), (4_096_000, "4.1 Mb/s")]
    )
    func rate(_ bitrate: Int, _ text: String) {
        #expect(ProbeReport.rate(bitrate) == text)
    }

    @Test("A camera that lags is recorded: it says by how much, and why")
    func lag() {
        var status = CameraStatus(state: .lagging, reason: "slow", since: .now())
        status.lag = .milliseconds(12_340)
        let lines = ProbeReport.lines(.init(id: "door", source: .testPattern), status)
        #expect(lines.contains("note       slow") && lines.contains("lag        12.34 s behind"))
    }
}
