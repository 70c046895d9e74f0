/// One thing that a check looks at.
enum CheckSubject: Sendable, Hashable {
    /// A folder in a day's folder.
    case folder(place: String, id: String)
    /// A row of the database.
    case row(id: String)
    /// A folder where clips are recorded.
    case staging(id: String)
    /// A folder that is being deleted.
    case trash(id: String)
    /// Something where nothing of the kind belongs.
    case stray(place: String)
}
