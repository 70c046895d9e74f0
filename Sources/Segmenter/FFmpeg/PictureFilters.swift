/// ffmpeg's filters for pictures that get encoded: those that give a source the time, rate and size that it
/// could not be asked for.
enum PictureFilters {
    static func make(for camera: CameraConfiguration, plan: RecordingPlan) -> [String] {
        let stamps = plan.stampsArrival ? arrival(plan) : []
        switch camera.source {
        // They are asked for their rate and size.
        case .usb, .testPattern: return stamps
        case .rtsp, .http, .file: break
        }
        return stamps
            + (camera.encoding.frameRate.map { [thinning(to: $0)] } ?? [])
            + size(camera.encoding.size, of: plan.pictureSize)
    }

    /// The moment at which each frame arrived.
    ///
    /// `-use_wallclock_as_timestamps` would round to the 1/25 s that ffmpeg's readers of MJPEG count in, so that
    /// a camera of 30 frames a second lost every sixth.
    private static func arrival(_ plan: RecordingPlan) -> [String] {
        let decoded = ["settb=1/1000000", "setpts='\(sinceFirst)'"]
        guard plan.lessons.readsBareJPEG else { return decoded }
        // A frame is decoded when the next has begun. So that was its own moment, when the one before it
        // was decoded; of the first nobody knows it.
        return decoded + ["setpts=PREV_INPTS", "select='not(isnan(pts))'"]
    }

    /// Microseconds since about the first frame. RTCTIME is the system's clock: where that has been set back since
    /// the last frame, as much as before counts as having passed.
    ///
    /// Registers: 0 the clock at the last frame, 1 the stamp, 2 what has passed.
    static let sinceFirst =
        "st(2,if(ld(0),if(gte(RTCTIME,ld(0)),RTCTIME-ld(0),ld(2)),1));"
        + "st(0,RTCTIME);st(1,ld(1)+ld(2))"

    /// Leaves frames out that come faster than the rate; the others keep their moments, and none waits.
    private static func thinning(to rate: Double) -> String {
        let interval = 1 / rate
        let (period, half) = (seconds(interval), seconds(interval / 2))
        // Register 0 is when the next is due: half an interval early will do, so that uneven steps lose none.
        return "select='if(gte(t,ld(0)-\(half)),st(0,max(ld(0),t-\(half))+\(period)),0)'"
    }

    /// Keeps the shape, and pads it where it does not fit: to even sides, which the encoders want, or because
    /// a picture has another shape than the run's first.
    private static func size(_ wanted: PictureSize?, of source: PictureSize?) -> [String] {
        guard let source else {
            let fitted = wanted.map {
                "scale=\($0.width):\($0.height):force_original_aspect_ratio=decrease:"
                    + "force_divisible_by=2"
            }
            return [fitted ?? "pad=ceil(iw/2)*2:ceil(ih/2)*2"]
        }
        let target = wanted.map { source.fitted(into: $0) } ?? source
        let canvas = target.even
        return [
            "scale=\(target.width):\(target.height):force_original_aspect_ratio=decrease",
            "pad=\(canvas.width):\(canvas.height):-1:-1:eval=frame",
        ]
    }

    /// To the microsecond, without an exponent.
    private static func seconds(_ value: Double) -> String {
        let microseconds = Int((value * 1_000_000).rounded())
        let digits = String(1_000_000 + microseconds % 1_000_000).dropFirst()
        return "\(microseconds / 1_000_000).\(digits)"
    }
}
