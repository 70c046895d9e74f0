import Segmenter

/// What every clip's recorder works with.
struct ClipWorkshop: Sendable {
    let layout: ClipLayout
    let table: ClipTable
    let ffmpeg: FFmpeg
    /// For video that has to be encoded anew, where a camera has changed what it sends.
    let encoding: CameraConfiguration.Encoding
    /// For ffmpeg's jobs: more at a time than there are cores only makes each of them later.
    let limiter: JobLimiter
    /// For those that encode, which take a place of the others' only then.
    let encodingLimiter: JobLimiter
    /// The program is about to end: footage that stops coming will come on after the restart.
    let isClosing = Flag()
    /// Takes a line for the log.
    let report: @Sendable (String) -> Void
}
