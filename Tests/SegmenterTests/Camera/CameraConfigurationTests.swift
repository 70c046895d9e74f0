import Testing

@testable import Segmenter

@Suite("Camera configuration")
struct CameraConfigurationTests {
    @Test("Has the documented defaults")
    func defaults() {
        let camera = CameraConfiguration(id: "door", source: .testPattern)
        #expect(camera.name == "door")
        #expect(camera.enabled)
        #expect(camera.bufferDuration == .seconds(60))
        #expect(camera.segmentDuration == .seconds(2))
    }

    @Test(
        "Accepts names that are safe in paths and URLs",
        arguments: ["a", "front-door", "cam_2", "0", String(repeating: "x", count: 64)]
    )
    func accepts(_ id: String) {
        #expect(CameraConfiguration.isValid(id: id))
    }

    @Test(
        "Refuses all others",
        arguments: [
            "", "Door", "front door", "..", "a/b", "a.b", "tür", "a\n",
            String(repeating: "x", count: 65),
        ]
    )
    func refuses(_ id: String) {
        #expect(!CameraConfiguration.isValid(id: id))
    }
}
