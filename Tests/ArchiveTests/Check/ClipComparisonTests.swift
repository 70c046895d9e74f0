import Testing

@testable import Archive
@testable import Segmenter

@Suite("Row and folder, one held against the other")
struct ClipComparisonTests {
    /// A clip of two segments that is as it should be.
    private let clip: Clip
    private let folder: FolderFacts

    init() {
        var clip = Clip.fullExample()
        clip.error = nil
        clip.size = 500
        let names = [
            "000001.m4s", "000002.m4s", "clip.mp4", "index.m3u8", "init-a.mp4", "thumbnail.jpg",
        ]
        let records = names.enumerated().map {
            FileRecord(name: $1, size: 500 + $0, crc32c: UInt32($0))
        }
        self.clip = clip
        folder = FolderFacts(
            manifest: ClipManifest(
                clip: clip,
                segments: [.example(1), .example(2, media: .seconds(2))],
                files: records
            ),
            files: Dictionary(
                uniqueKeysWithValues: records.map {
                    ($0.name, FolderFacts.File(size: $0.size, crc32c: $0.crc32c))
                }
            )
        )
    }

    /// What is found, one line each: kind, name in the folder, remedy.
    private func findings(
        _ row: RowFacts?,
        _ folder: FolderFacts?,
        place: String? = nil
    ) -> [String] {
        let place = place ?? ClipLayout.place(of: clip)
        return ClipComparison(id: clip.id, place: place).findings(row: row, folder: folder).map {
            #expect($0.clip == clip.id)
            let name = $0.place.dropFirst(place.count + 1)
            return
                "\($0.kind) \(name.isEmpty ? "folder" : name) \($0.remedy.map { "\($0)" } ?? "-")"
        }
    }

    private func folder(_ change: (inout FolderFacts) -> Void) -> FolderFacts {
        var folder = folder
        change(&folder)
        return folder
    }

    @Test("Nothing is found where all is as it should be, checksums asked for or not")
    func clean() {
        let quick = folder { facts in
            for name in facts.files.keys { facts.files[name]?.crc32c = nil }
        }
        #expect(findings(RowFacts(clip: clip), folder).isEmpty)
        #expect(findings(RowFacts(clip: clip), quick).isEmpty)
        #expect(findings(nil, nil).isEmpty)
    }

    @Test("A row without its folder goes; a folder without its row gets one")
    func oneOfThem() {
        #expect(findings(RowFacts(clip: clip), nil) == ["missing folder removeRow"])
        #expect(findings(nil, folder) == ["foreign folder insertRow"])
    }

    @Test("What is being recorded, made or deleted is left alone, whatever its folder looks like")
    func underWay() {
        var recording = clip
        recording.status = .recording
        var processing = clip
        processing.status = .processing
        for row in [
            RowFacts(clip: recording), RowFacts(clip: processing),
            RowFacts(clip: clip, isDeleted: true),
        ] {
            #expect(findings(row, nil).isEmpty)
            #expect(findings(row, folder { $0.files = [:] }).isEmpty)
        }
    }

    @Test("A clip of which nothing was kept needs no folder")
    func nothingKept() {
        var lost = clip
        lost.status = .failed
        lost.coverage = Coverage(of: lost.window, by: [])
        #expect(findings(RowFacts(clip: lost), nil).isEmpty)
        lost.coverage = Coverage(of: lost.window, by: [.example()])
        #expect(findings(RowFacts(clip: lost), nil) == ["missing folder removeRow"])
    }

    @Test("Where they differ, clip.json counts, unless the row was edited last")
    func different() {
        var other = clip
        other.label = "another"
        other.locked.toggle()
        #expect(findings(RowFacts(clip: other), folder) == ["different folder rewriteRow"])
        #expect(
            findings(RowFacts(clip: other, isDirty: true), folder)
                == ["different folder rewriteManifest"]
        )
        #expect(other.fields(differingFrom: clip) == ["label", "locked"])
        // An edit that has reached clip.json is no difference.
        #expect(findings(RowFacts(clip: clip, isDirty: true), folder).isEmpty)
    }

    @Test("Without clip.json nothing can be said, and nothing repaired")
    func noManifest() {
        let facts = folder { $0.manifest = nil }
        for row in [RowFacts(clip: clip), nil] {
            #expect(findings(row, facts) == ["damaged clip.json -"])
        }
    }

    @Test("A folder in another's place, or on another day, belongs to nothing")
    func misplaced() {
        let row = RowFacts(clip: clip)
        #expect(
            findings(row, folder, place: "clips/2001-01-01/\(clip.id)")
                == ["foreign folder setAside"]
        )
        let other = folder { $0.manifest?.clip = .example(status: .ready) }
        #expect(findings(row, other) == ["foreign folder setAside"])
    }

    @Test(
        "What is made of the segments can be made again, segments cannot",
        arguments: [
            ("clip.mp4", "remake"), ("thumbnail.jpg", "remake"), ("index.m3u8", "remake"),
            ("000001.m4s", "-"), ("init-a.mp4", "-"),
        ]
    )
    func files(name: String, remedy: String) {
        let row = RowFacts(clip: clip)
        let gone = folder { $0.files[name] = nil }
        #expect(findings(row, gone) == ["missing \(name) \(remedy)"])
        let cut = folder { $0.files[name]?.size! -= 1 }
        #expect(findings(row, cut) == ["damaged \(name) \(remedy)"])
        let flipped = folder { $0.files[name]?.crc32c! ^= 1 }
        #expect(findings(row, flipped) == ["damaged \(name) \(remedy)"])
        let unreadable = folder { $0.files[name] = FolderFacts.File() }
        #expect(findings(row, unreadable) == ["damaged \(name) \(remedy)"])
    }

    @Test("Of damaged segments no MP4 and no thumbnail are made, but a playlist is")
    func damagedSegment() {
        let facts = folder {
            for name in ["000002.m4s", "clip.mp4", "index.m3u8", "thumbnail.jpg"] {
                $0.files[name]?.crc32c! ^= 1
            }
        }
        #expect(
            findings(RowFacts(clip: clip), facts) == [
                "damaged 000002.m4s -", "damaged clip.mp4 -", "damaged index.m3u8 remake",
                "damaged thumbnail.jpg -",
            ]
        )
    }

    @Test("A file that clip.json does not list belongs to nothing")
    func foreign() {
        let facts = folder { $0.files["notes.txt"] = FolderFacts.File(size: 3) }
        #expect(findings(RowFacts(clip: clip), facts) == ["foreign notes.txt setAside"])
    }

    @Test("Of version 1 the sizes of segments and MP4 are known, and which files there must be")
    func versionOne() {
        let facts = folder {
            $0.manifest?.version = 1
            $0.manifest?.files = nil
            $0.files["000001.m4s"]?.size = 1000
            $0.files["000002.m4s"]?.size = 1000
            $0.files["clip.mp4"]?.size = 500
        }
        let row = RowFacts(clip: clip)
        #expect(findings(row, facts).isEmpty)
        var damaged = facts
        damaged.files["000002.m4s"]?.size = 999
        damaged.files["init-a.mp4"] = nil
        damaged.files["thumbnail.jpg"] = nil
        damaged.files["extra"] = FolderFacts.File(size: 1)
        #expect(
            findings(row, damaged) == [
                "damaged 000002.m4s -", "missing init-a.mp4 -", "foreign extra setAside",
            ]
        )
    }
}
