/// One movie fragment of a file (ISO/IEC 14496-12 §8.8): a `moof` box and the `mdat` after it.
struct Fragment: Hashable {
    /// Where its `moof` begins.
    let offset: Int64
    /// Up to the end of its media data.
    let length: Int64
    /// Of its video; nil if it has only sound.
    let timing: FragmentTiming?
    /// Where its sound begins; nil without any.
    let soundStart: Duration?
    /// The first keyframe's beginning; empty if it does not start with one.
    let keyframe: [UInt8]

    /// - Parameters:
    ///   - head: the body of its `moof`.
    ///   - beginning: of its media data, which begins with the video: ffmpeg is told of it first.
    init(
        offset: Int64,
        length: Int64,
        head: ArraySlice<UInt8>,
        beginning: ArraySlice<UInt8>,
        media: InitSegment
    ) throws(SegmenterError) {
        guard let video = media.video else {
            throw .malformedMedia("the run records no video")
        }
        self.offset = offset
        self.length = length
        timing = try FragmentTiming(fragment: head, track: video)
        soundStart = try media.audio.flatMap { (track) throws(SegmenterError) in
            try FragmentTiming.start(of: track, in: head)
        }
        keyframe =
            timing?.startsOnKeyframe == true ? Array(beginning.prefix(ParameterSets.reach)) : []
    }
}
