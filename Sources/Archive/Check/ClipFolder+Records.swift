extension ClipFolder {
    /// Reads every file but `clip.json` and those of these names, for what that has to say of them; by name.
    func records(but others: Set<String> = []) throws(ArchiveError) -> [FileRecord] {
        var records: [FileRecord] = []
        for name in names.sorted() where name != ClipManifest.fileName && !others.contains(name) {
            records.append(try FileRecord(reading: file(name), as: name))
        }
        return records
    }
}
