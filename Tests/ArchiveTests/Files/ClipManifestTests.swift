import Testing

@testable import Archive

@Suite("clip.json")
struct ClipManifestTests {
    @Test("Lists the files of a finished clip")
    func files() throws {
        let record = FileRecord(name: "clip.mp4", size: 12, crc32c: 0xE306_9283)
        let manifest = ClipManifest(
            clip: .fullExample(),
            segments: [.example()],
            files: [record]
        )
        let text = try json(manifest)
        #expect(text.contains(#""files":[{"crc32c":3808858755,"name":"clip.mp4","size":12}]"#))
        #expect(text.contains(#""version":2"#))
        #expect(try parse(text) == manifest)
    }

    @Test("Version 1, which lists no files, is read")
    func versionOne() throws {
        var manifest = ClipManifest(clip: .fullExample(), segments: [.example()])
        manifest.version = 1
        let text = try json(manifest)
        #expect(!text.contains("files"))
        #expect(try parse(text) == manifest)
    }
}
