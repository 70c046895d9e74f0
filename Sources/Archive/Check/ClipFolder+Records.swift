extension ClipFolder {
    /// Reads every file but `clip.json`, for what that has to say of them; by name.
    func records() throws(ArchiveError) -> [FileRecord] {
        var records: [FileRecord] = []
        for name in names.sorted() where name != ClipManifest.fileName {
            records.append(try FileRecord(reading: file(name), as: name))
        }
        return records
    }
}
