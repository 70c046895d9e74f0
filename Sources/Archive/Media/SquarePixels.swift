/// What makes a picture of a video: ffmpeg turns it upright by itself, but leaves its pixels' shape.
enum SquarePixels {
    /// JPEGs are shown with square pixels, whatever they say. No side becomes shorter.
    static let filter = "scale='round(iw*max(1,sar))':'round(ih*max(1,1/sar))',setsar=1"
}
