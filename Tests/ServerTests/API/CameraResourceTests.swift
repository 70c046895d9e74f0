import Testing

@testable import Segmenter
@testable import Server

@Suite("A camera as the API shows it")
struct CameraResourceTests {
    private func text(_ status: CameraStatus) throws -> String {
        let camera = CameraConfiguration(id: "door", source: .testPattern)
        let resource = CameraResource(camera, status, [])
        return String(decoding: try JSONBody.bytes(resource), as: UTF8.self)
    }

    @Test("One that lags says by how many seconds")
    func lag() throws {
        var status = CameraStatus(state: .lagging, reason: "slow", since: .now())
        status.lag = .microseconds(12_345_678)
        let text = try text(status)
        #expect(text.contains(#""status":"lagging""#) && text.contains(#""lag":12.346"#))
    }

    @Test("One that does not says null")
    func noLag() throws {
        let text = try text(CameraStatus(state: .live, since: .now()))
        #expect(text.contains(#""status":"live""#) && text.contains(#""lag":null"#))
    }

    @Test(
        "Is recorded while footage comes, be it late",
        arguments: [
            (CameraStatus.State.starting, false), (.live, true), (.lagging, true),
            (.stalled, false), (.down, false), (.disabled, false),
        ]
    )
    func isRecording(_ state: CameraStatus.State, _ expected: Bool) {
        #expect(state.isRecording == expected)
    }
}
