/// What sets a finding right.
enum CheckRemedy: Sendable, Hashable {
    case removeRow
    case insertRow
    /// The row is written anew from `clip.json`.
    case rewriteRow
    /// `clip.json` is written anew from the row, which has an edit that did not get there.
    case rewriteManifest
    /// The file is made anew from the clip's segments.
    case remake
    /// It is moved out of the way, never deleted.
    case setAside
    /// A deletion that was begun is brought to its end.
    case finishDeletion
}
