@testable import Segmenter

// TestSupport has types of these names too; here they mean those that are tested.
typealias ChildProcess = Segmenter.ChildProcess
typealias ExitStatus = Segmenter.ExitStatus
