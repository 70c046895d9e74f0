import CSQLite

/// A prepared statement, finalised when it is let go.
final class Statement {
    let handle: OpaquePointer

    init(handle: OpaquePointer) {
        self.handle = handle
    }

    deinit { sqlite3_finalize(handle) }

    func bind(_ values: [SQLValue]) {
        for (index, value) in zip(Int32(1)..., values) {
            switch value {
            case .null: sqlite3_bind_null(handle, index)
            case .integer(let number): sqlite3_bind_int64(handle, index, number)
            case .real(let number): sqlite3_bind_double(handle, index, number)
            case .text(let text):
                // By its length: a text may hold a NUL.
                let count = Int32(text.utf8.count)
                sqlite3_bind_text(handle, index, text, count, csqlite_transient())
            }
        }
    }

    /// Makes it ready for its next use, and lets go of its locks and values.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}
