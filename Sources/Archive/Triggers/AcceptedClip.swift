/// A clip that a trigger has brought, as its row has yet to say.
enum AcceptedClip: Sendable {
    case new(Clip)
    /// It was being recorded, and has a later end or more words than before.
    case lengthened(Clip)
}
