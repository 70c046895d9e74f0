/// One movie fragment of a file (ISO/IEC 14496-12 §8.8): a `moof` box and the `mdat` after it.
struct Fragment: Hashable {
    /// Where its `moof` begins.
    let offset: Int64
    /// Up to the end of its media data.
    let length: Int64
    /// Where its media data begins: with the video, which ffmpeg is told of first.
    let mediaOffset: Int64
    let hasSound: Bool
    let timing: FragmentTiming

    /// Finds the fragments of a file, in order; none in a file that has none.
    static func all(
        of file: borrowing some ByteSource & ~Copyable,
        track: Track
    ) throws(SegmenterError) -> [Fragment] {
        var fragments: [Fragment] = []
        var head: FileBox?
        for box in try FileBox.all(of: file) {
            switch (box.type, head) {
            case ("moof", nil):
                head = box
            case ("mdat", let moof?):
                let body = try moof.body(from: file)[...]
                let timing = try FragmentTiming(fragments: [body], track: track)
                fragments.append(
                    Fragment(
                        offset: moof.offset,
                        length: box.offset + box.length - moof.offset,
                        mediaOffset: box.bodyOffset,
                        hasSound: try BoxReader.all("traf", in: body).count > 1,
                        timing: timing
                    )
                )
                head = nil
            case (_, nil): break
            case (_, _?): throw .malformedMedia("a fragment without its media data")
            }
        }
        if head != nil { throw .malformedMedia("a fragment without its media data") }
        return fragments
    }
}
