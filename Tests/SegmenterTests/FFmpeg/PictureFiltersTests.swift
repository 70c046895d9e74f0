import Testing

@testable import Segmenter

@Suite("Picture filters")
struct PictureFiltersTests {
    private func filters(
        _ source: CameraSource = .http(url: "http://192.0.2.7/"),
        size: PictureSize? = nil,
        rate: Double? = nil,
        change: (inout RecordingPlan) -> Void = { _ in }
    ) -> [String] {
        var plan = RecordingPlan(guessing: source)
        change(&plan)
        let encoding = CameraConfiguration.Encoding(size: size, frameRate: rate)
        let camera = CameraConfiguration(id: "door", source: source, encoding: encoding)
        return PictureFilters.make(for: camera, plan: plan)
    }

    @Test("A frame has the moment of its decoding, or of the one before where frames are held")
    func moments() {
        let decoded = ["settb=1/1000000", "setpts='\(PictureFilters.sinceFirst)'"]
        #expect(filters().prefix(2) == decoded[...])
        let bare = filters { $0.lessons.readsBareJPEG = true }
        #expect(
            bare.prefix(4) == (decoded + ["setpts=PREV_INPTS", "select='not(isnan(pts))'"])[...]
        )
        #expect(filters(.usb(device: "/dev/video0")).isEmpty)
        #expect(filters(.testPattern).isEmpty)
    }

    @Test("A known size is kept by padding, its sides made even")
    func sizes() {
        func shape(_ width: Int, _ height: Int, within size: PictureSize? = nil) -> [String] {
            Array(
                filters(size: size) {
                    $0.pictureSize = PictureSize(width: width, height: height)
                }.dropFirst(2)
            )
        }
        let keeping = ":force_original_aspect_ratio=decrease"
        #expect(
            shape(639, 479) == ["scale=639:479" + keeping, "pad=640:480:-1:-1:eval=frame"]
        )
        let wanted = PictureSize(width: 640, height: 360)
        #expect(
            shape(1280, 960, within: wanted)
                == ["scale=480:360" + keeping, "pad=480:360:-1:-1:eval=frame"]
        )
    }

    @Test("Frames above the wanted rate are left out")
    func rate() {
        #expect(
            filters(rate: 10).contains(
                "select='if(gte(t,ld(0)-0.050000),st(0,max(ld(0),t-0.050000)+0.100000),0)'"
            )
        )
    }

    @Test(
        "The largest size of the same shape, with even sides, is found",
        arguments: [
            (1920, 1080, 640, 360, 640, 360), (640, 480, 640, 360, 480, 360),
            (320, 180, 640, 480, 640, 360), (1000, 10, 64, 64, 64, 2),
            (639, 479, 320, 240, 320, 238),
        ]
    )
    func fitting(_ w: Int, _ h: Int, _ fw: Int, _ fh: Int, _ width: Int, _ height: Int) {
        let fitted = PictureSize(width: w, height: h).fitted(
            into: PictureSize(width: fw, height: fh)
        )
        #expect(fitted == PictureSize(width: width, height: height))
    }
}
