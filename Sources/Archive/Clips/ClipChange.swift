/// What has become of a clip, told once it is committed.
package enum ClipChange: Sendable, Equatable {
    /// It is new, or its state is another.
    case written(Clip)
    case deleted(id: String)
}
