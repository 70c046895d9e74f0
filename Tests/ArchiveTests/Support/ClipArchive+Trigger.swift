@testable import Archive
@testable import Segmenter

extension ClipArchive {
    /// Triggers one camera, and gives its clip.
    func trigger(_ trigger: Trigger, footage: any Footage) async throws(ArchiveError) -> Clip {
        let answer = try await self.trigger(TriggerRequest([.init(trigger, footage: footage)]))
        return answer.clips[0]
    }
}
