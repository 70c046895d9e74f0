import Testing

@testable import Archive
@testable import Server

@Suite("What check prints")
struct CheckAnswerTests {
    private func finding(repair: String? = nil) -> CheckFinding {
        CheckFinding(
            kind: .missing,
            place: "clips/2026-11-22/a/thumbnail.jpg",
            clip: "a",
            detail: "it is gone",
            remedy: .remake,
            repair: repair
        )
    }

    @Test("A line for each finding, and one for all")
    func lines() {
        var report = CheckReport(findings: [finding(), finding(repair: "made anew")])
        report.clips = 2
        #expect(report.left == 1)
        #expect(
            CheckAnswer.lines(report) == [
                "missing    clips/2026-11-22/a/thumbnail.jpg: it is gone",
                "missing    clips/2026-11-22/a/thumbnail.jpg: it is gone; repaired: made anew",
                "2 clips checked: 2 to mend, 1 repaired.",
            ]
        )
        var clean = CheckReport()
        clean.clips = 1
        #expect(CheckAnswer.lines(clean) == ["1 clip checked: all as it should be."])
    }
}
