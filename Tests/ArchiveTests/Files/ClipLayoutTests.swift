import TestSupport
import Testing

@testable import Archive
@testable import Segmenter

@Suite("Clip layout")
struct ClipLayoutTests {
    private let layout: ClipLayout
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        layout = ClipLayout(root: folder.path)
    }

    @Test("A finished clip lies under the UTC day of its event")
    func day() {
        let clip = Clip.example(at: .event, status: .ready)
        #expect(layout.final(clip).path == "\(folder.path)/clips/2023-11-14/\(clip.id)")
        #expect(layout.folder(clip) == layout.final(clip))
    }

    @Test("An unfinished clip is in staging, until its folder has moved")
    func moving() throws {
        let clip = Clip.example(status: .processing)
        #expect(layout.folder(clip) == layout.staging(clip.id))
        try layout.final(clip).create()
        #expect(layout.folder(clip) == layout.final(clip))
    }
}
