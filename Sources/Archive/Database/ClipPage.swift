/// A part of the list of clips, newest event first.
package struct ClipPage: Sendable, Equatable {
    package let clips: [Clip]
    /// Where the list goes on; nil at its end.
    package let next: ClipCursor?
}
