/// What tells one state of a resource from another (RFC 9110 §8.8).
struct Validators {
    let entityTag: EntityTag

    /// Seconds since 1970.
    let lastModified: Int
}
