/// What a player said after it had played something to the end.
package struct PlayerReport: Sendable {
    /// The whole length in seconds, as the player has it; nil where it does not say.
    package let duration: Double?
    /// When the last picture was shown, in seconds of the player's own time.
    package let lastPicture: Double
    /// How many pictures were shown; nil where the player does not say.
    package let pictures: Int?
    /// Where it went on after it was told to seek to the middle; nil where it was not told.
    package let soughtTo: Double?
}
