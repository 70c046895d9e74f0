import Testing

@testable import Archive

@Suite("Waiting for a clip", .timeLimit(.minutes(1)))
struct ClipWatchTests {
    private let watch = ClipWatch()

    @Test("Ends with the clip's end or deletion, and with no other change")
    func changes() async {
        let (one, other) = (Clip.example(), Clip.example())
        let ends = [one, other].map { watch.end(of: $0.id, within: .seconds(3600)) }
        let waiting = ends.map { end in Task { for await _ in end {} } }
        var finished = one
        finished.status = .processing
        watch.note(.written(finished))
        watch.note(.deleted(id: "another"))
        finished.status = .failed
        watch.note(.written(finished))
        await waiting[0].value
        watch.note(.deleted(id: other.id))
        await waiting[1].value
    }

    @Test(
        "Ends when its time is over, when its task is cancelled, and when nobody may wait any more"
    )
    func otherEnds() async {
        for await _ in watch.end(of: "a", within: .milliseconds(1)) {}
        let cancelled = watch.end(of: "a", within: .seconds(3600))
        let task = Task { for await _ in cancelled {} }
        task.cancel()
        await task.value
        let closed = watch.end(of: "a", within: .seconds(3600))
        watch.close()
        for await _ in closed {}
        for await _ in watch.end(of: "a", within: .seconds(3600)) {}
    }

    @Test("What ends between asking and waiting is not missed")
    func early() async {
        var clip = Clip.example()
        let end = watch.end(of: clip.id, within: .seconds(3600))
        clip.status = .ready
        watch.note(.written(clip))
        for await _ in end {}
    }
}
