@testable import Archive

/// A database as the program of version 1 made it.
enum FirstDatabase {
    private static let columnsAddedSince = [", accuracy"]

    static func make(_ path: String, holding clips: [Clip]) throws -> Database {
        let database = try Database(path: path, mode: .readWrite)
        try database.execute(Schema.clips + "PRAGMA user_version = 1;")
        let columns = columnsAddedSince.reduce(ClipRow.columns) { $0.replacing($1, with: "") }
        let count = Int(ClipRow.count) - columnsAddedSince.count
        let places = Array(repeating: "?", count: count).joined(separator: ", ")
        for clip in clips {
            let values = try ClipRow.values(clip).prefix(count)
            try database.run("INSERT INTO clip (\(columns)) VALUES (\(places))", Array(values))
        }
        return database
    }
}
