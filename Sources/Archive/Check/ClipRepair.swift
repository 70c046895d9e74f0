import Segmenter

/// Makes anew what is made of a clip's segments.
struct ClipRepair {
    let workshop: ClipWorkshop
    let folder: ClipFolder

    /// Makes one file of a finished clip anew, and renews what `clip.json` says of it.
    ///
    /// It takes the old one's place while it is made: a crash leaves it for the next check to find.
    func remake(_ name: String) async throws(ArchiveError) {
        var manifest = try folder.manifest()
        let finisher = ClipFinisher(workshop: workshop, folder: folder)
        switch name {
        case ClipMaker.videoName:
            try await finisher.makeVideo(of: &manifest.clip, from: &manifest.segments)
        case ClipMaker.thumbnailName:
            // What is left of the old one would pass for the new one.
            folder.remove(name)
            await finisher.makeThumbnail(of: manifest.clip, from: manifest.segments)
        default:
            try finisher.writePlaylist(of: manifest.clip, manifest.segments)
        }
        let record = try FileRecord(reading: folder.file(name), as: name)
        try folder.sync(name)
        if let index = manifest.files?.firstIndex(where: { $0.name == name }) {
            manifest.files?[index] = record
        }
        try folder.replace(manifest)
        try await workshop.table.update(manifest.clip)
    }
}
