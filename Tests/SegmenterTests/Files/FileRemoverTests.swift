import Foundation
import TestSupport
import Testing

@testable import Segmenter

@Suite("File remover")
struct FileRemoverTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for run in ["run1", "run2"] {
            try Directory.create(folder.path + "/" + run)
            for name in ["0.m4s", "1.m4s"] {
                try Data().write(to: folder.file(run + "/" + name))
            }
        }
    }

    @Test("Deletes files and directories before the call returns")
    func now() {
        let remover = FileRemover()
        remover.removeFiles([folder.path + "/run1/0.m4s", folder.path + "/run1/missing"])
        #expect(Directory.names(folder.path + "/run1") == ["1.m4s"])
        remover.removeDirectory(folder.path + "/run2")
        #expect(Directory.names(folder.path) == ["run1"])
    }

    @Test("In the background it deletes in order, and all is gone when it has finished")
    func later() async {
        let remover = FileRemover.inBackground
        remover.removeFiles([folder.path + "/run1/0.m4s"])
        remover.removeDirectory(folder.path + "/run1")
        remover.removeDirectory(folder.path + "/run2")
        await remover.finish()
        #expect(Directory.names(folder.path).isEmpty)
    }
}
