extension Schema {
    /// How sure a clip's times are, in seconds; null where an earlier program made it.
    static let accuracy = "ALTER TABLE clip ADD COLUMN accuracy REAL"
}
