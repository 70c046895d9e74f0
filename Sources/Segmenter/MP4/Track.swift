/// One track of an initialisation segment, with what is needed to place its samples in time.
package struct Track: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case video(width: Int, height: Int)
        case audio
    }

    package let id: UInt32
    package let kind: Kind
    /// The sample entry's four-character code: `avc1`, `hvc1`, `av01`, `mp4a` …
    package let format: String
    /// Ticks a second of this track's media clock.
    let timescale: Int64
    /// What the edit list adds to a sample's composition time.
    let shift: Duration
    /// From `trex`: what a fragment that is silent about a sample means.
    let defaultDuration: UInt32
    let defaultFlags: UInt32
    /// What of the sample entry decides how samples are decoded, see `SampleEntry`.
    private(set) var decoderParameters: [UInt8] = []
    /// How its picture is turned, see `TrackHeader`.
    private(set) var matrix: [UInt8] = []
    /// The picture as players show it: turned as its header says, and in square pixels. Nil for sound.
    package private(set) var shownSize: PictureSize?

    /// Whether samples of both can stand in one track of an MP4, as they are.
    package func agrees(with other: Track) -> Bool {
        kind == other.kind && format == other.format
            && decoderParameters == other.decoderParameters && matrix == other.matrix
    }
    /// What its codec's configuration says; nil when that is of a kind not read here.
    package var profile: CodecProfile?

    /// When a sample of this composition time is shown on the run's media clock.
    func shown(_ compositionTime: Int64) throws(SegmenterError) -> Duration {
        try MediaTime.make(ticks: compositionTime, timescale: timescale) + shift
    }

    /// The codec's name as ffmpeg and the API spell it.
    package var codec: String {
        switch format {
        case "avc1", "avc3": "h264"
        case "hvc1", "hev1": "hevc"
        case "av01": "av1"
        case "mp4a": "aac"
        case "ac-3": "ac3"
        case "ec-3": "eac3"
        case ".mp3": "mp3"
        default: format.lowercased()
        }
    }
}
