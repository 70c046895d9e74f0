/// Something in the storage folder that is not as it should be.
package struct CheckFinding: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable {
        /// What the database or `clip.json` names is not there.
        case missing
        /// A folder that has no row, or a file that belongs to nothing.
        case foreign
        /// A file has another size or checksum than `clip.json` says, or cannot be read.
        case damaged
        /// The row and `clip.json` say different things.
        case different
    }

    package let kind: Kind
    /// A path below the storage folder.
    package let place: String
    /// The clip's id, if it is one's.
    package let clip: String?
    package let detail: String
    /// What would set it right; nil when there is nothing to repair it from.
    let remedy: CheckRemedy?
    /// What was done about it; nil when nothing was.
    package var repair: String?
}

extension CheckFinding {
    /// That of a database that cannot be relied on, with SQLite's words.
    static func database(_ kind: Kind, _ fault: String) -> CheckFinding {
        CheckFinding(
            kind: kind,
            place: "the database",
            clip: nil,
            detail: "\(fault). Stop the server, then have it made anew: hindsight reindex",
            remedy: nil
        )
    }

    /// The same of an error; one that says nothing of the file is thrown on.
    package static func database(_ error: ArchiveError) throws(ArchiveError) -> CheckFinding {
        switch error {
        case .database(let code, let message) where DamagedDatabase.isDamage(code):
            return database(.damaged, message)
        // SQLITE_CANTOPEN
        case .database(14, let message):
            return database(.missing, message)
        default: throw error
        }
    }
}
