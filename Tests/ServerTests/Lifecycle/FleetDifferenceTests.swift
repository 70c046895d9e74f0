import Segmenter
import Testing

@testable import Server

@Suite("The difference of two lists of cameras")
struct FleetDifferenceTests {
    private func camera(_ id: String, name: String? = nil, url: String = "rtsp://h")
        -> CameraConfiguration
    {
        CameraConfiguration(id: id, name: name, source: .rtsp(url: url))
    }

    @Test("Says what is new, other and gone, each in its order")
    func difference() {
        let old = ["a", "b", "c", "d"].map { camera($0) }
        let new = [
            camera("e"), camera("d", name: "Door"), camera("b"), camera("a", url: "rtsp://i"),
        ]
        let difference = FleetDifference(from: old, to: new)
        #expect(difference.added == [camera("e")])
        #expect(difference.changed == [camera("d", name: "Door"), camera("a", url: "rtsp://i")])
        #expect(difference.removed == ["c"])
        #expect(difference.words == "cameras added: e; changed: d, a; removed: c")
    }

    @Test("Every setting counts")
    func settings() {
        let changes: [(inout CameraConfiguration) -> Void] = [
            { $0.name = "x" }, { $0.source = .testPattern }, { $0.enabled = false },
            { $0.bufferDuration = .seconds(11) }, { $0.segmentDuration = .seconds(1) },
            { $0.encoding.crf = 30 }, { $0.encoding.preset = "slow" },
        ]
        for change in changes {
            var changed = camera("a")
            change(&changed)
            let difference = FleetDifference(from: [camera("a")], to: [changed])
            #expect(difference.changed == [changed])
            #expect(difference.added.isEmpty && difference.removed.isEmpty)
        }
    }

    @Test("The order alone is no difference")
    func order() {
        let difference = FleetDifference(
            from: [camera("a"), camera("b")],
            to: [camera("b"), camera("a")]
        )
        #expect(difference == FleetDifference(from: [], to: []))
        #expect(difference.words == nil)
    }
}
