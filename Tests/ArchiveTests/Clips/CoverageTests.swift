import Segmenter
import Testing

@testable import Archive

@Suite("Coverage")
struct CoverageTests {
    private static let early = "the recording does not reach back so far"
    private static let within = "the camera was down"
    private static let late = "the recording ended early"
    private static let nothing = "nothing was recorded"

    private static func pause(_ start: Double, _ end: Double) -> Pause {
        Pause(start: .event + .seconds(start), end: .event + .seconds(end))
    }

    /// A gap, in seconds after `Timestamp.event`.
    struct Expected: Sendable {
        let start: Double
        let end: Double
        let reason: String

        var gap: Coverage.Gap {
            Coverage.Gap(
                start: .event + .seconds(start),
                end: .event + .seconds(end),
                reason: reason
            )
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let segments: [FrozenSegment]
        let gaps: [Expected]

        init(_ description: String, _ segments: [FrozenSegment], _ gaps: [Expected] = []) {
            testDescription = description
            self.segments = segments
            self.gaps = gaps
        }
    }

    /// From 2 s to 8 s after the event.
    private let window = ClipWindow(start: .event + .seconds(2), end: .event + .seconds(8))

    @Test(
        "Says what is missing of a window from 2 s to 8 s",
        arguments: [
            Case("exactly covered", [.example(media: .seconds(2), duration: .seconds(6))]),
            Case("more than covered", [.example(media: .zero, duration: .seconds(10))]),
            Case(
                "pauses within, at the window's bounds and too short ones",
                [
                    .example(
                        duration: .seconds(10),
                        pauses: [pause(1, 3), pause(4, 5.4), pause(6, 6.1), pause(7.5, 9)]
                    )
                ],
                [
                    Expected(start: 2, end: 3, reason: "the camera sent nothing for 2 s"),
                    Expected(start: 4, end: 5.4, reason: "the camera sent nothing for 1 s"),
                    Expected(start: 7.5, end: 8, reason: "the camera sent nothing for 2 s"),
                ]
            ),
            Case("nothing at all", [], [Expected(start: 2, end: 8, reason: nothing)]),
            Case(
                "all of it before the window",
                [.example(media: .zero, duration: .seconds(1))],
                [Expected(start: 2, end: 8, reason: late)]
            ),
            Case(
                "all of it after the window",
                [.example(media: .seconds(9), duration: .seconds(1))],
                [Expected(start: 2, end: 8, reason: early)]
            ),
            Case(
                "begins late",
                [.example(media: .seconds(3), duration: .seconds(6))],
                [Expected(start: 2, end: 3, reason: early)]
            ),
            Case(
                "ends early",
                [.example(media: .seconds(1), duration: .seconds(6))],
                [Expected(start: 7, end: 8, reason: late)]
            ),
            Case(
                "a hole within one run",
                [
                    .example(1, media: .zero, duration: .seconds(4)),
                    .example(2, media: .seconds(5), duration: .seconds(5)),
                ],
                [Expected(start: 4, end: 5, reason: within)]
            ),
            Case(
                "three runs, with all that can be missing",
                [
                    .example(1, run: "a", media: .seconds(3), duration: .seconds(1)),
                    .example(2, run: "b", media: .zero, duration: .seconds(1), wall: .seconds(5)),
                    .example(3, run: "c", media: .zero, duration: .seconds(1), wall: .seconds(6.5)),
                ],
                [
                    Expected(start: 2, end: 3, reason: early),
                    Expected(start: 4, end: 5, reason: within),
                    Expected(start: 6, end: 6.5, reason: within),
                    Expected(start: 7.5, end: 8, reason: late),
                ]
            ),
            Case(
                "two runs that meet within the tolerance",
                [
                    .example(1, run: "a", media: .zero, duration: .seconds(4)),
                    .example(2, run: "b", media: .zero, duration: .seconds(4), wall: .seconds(4.2)),
                ]
            ),
            Case(
                "begins and ends within the tolerance",
                [.example(media: .seconds(2.2), duration: .seconds(5.6))]
            ),
            Case(
                "begins and ends just outside the tolerance",
                [.example(media: .seconds(2.201), duration: .seconds(5.598))],
                [
                    Expected(start: 2, end: 2.201, reason: early),
                    Expected(start: 7.799, end: 8, reason: late),
                ]
            ),
            Case(
                "media without a break whose wall times were slewed apart",
                [
                    .example(1, media: .zero, duration: .seconds(4)),
                    .example(2, media: .seconds(4), duration: .seconds(5), slew: .seconds(0.9)),
                ]
            ),
            Case(
                "media without a break whose wall times were slewed together",
                [
                    .example(1, media: .zero, duration: .seconds(4), slew: .seconds(0.9)),
                    .example(2, media: .seconds(4), duration: .seconds(5)),
                ]
            ),
            Case(
                "a hole that ends before the window begins",
                [
                    .example(1, media: .zero, duration: .seconds(1)),
                    .example(2, media: .seconds(1.5), duration: .seconds(7)),
                ]
            ),
            Case(
                "a hole across the window's start",
                [
                    .example(1, media: .zero, duration: .seconds(1)),
                    .example(2, media: .seconds(3), duration: .seconds(7)),
                ],
                [Expected(start: 2, end: 3, reason: within)]
            ),
            Case(
                "gaps of which the reason is known",
                [
                    .example(1, media: .seconds(3), duration: .seconds(1), gapReason: "asleep"),
                    .example(2, media: .seconds(5), duration: .seconds(4), gapReason: "frozen"),
                ],
                [
                    Expected(start: 2, end: 3, reason: "asleep"),
                    Expected(start: 4, end: 5, reason: "frozen"),
                ]
            ),
            Case(
                "no gap in spite of a reason for one before the window",
                [.example(media: .seconds(2), duration: .seconds(6), gapReason: "asleep")]
            ),
            Case(
                "what cannot be decoded is missing: no keyframe after a hole",
                [
                    .example(1, media: .zero, duration: .seconds(4)),
                    .example(2, media: .seconds(5), duration: .seconds(1), startsOnKeyframe: false),
                    .example(3, media: .seconds(6), duration: .seconds(4)),
                ],
                [Expected(start: 4, end: 6, reason: within)]
            ),
            Case(
                "to the millisecond",
                [
                    .example(1, run: "a", media: .zero, duration: .seconds(4.000_4)),
                    .example(
                        2,
                        run: "b",
                        media: .zero,
                        duration: .seconds(4),
                        wall: .seconds(4.201_6)
                    ),
                ],
                [Expected(start: 4, end: 4.202, reason: within)]
            ),
        ]
    )
    func coverage(_ example: Case) {
        let coverage = Coverage(of: window, by: example.segments)
        #expect(coverage.gaps == example.gaps.map(\.gap))
        #expect(coverage.complete == example.gaps.isEmpty)
    }

    @Test("While a clip is recorded, what is still to come is no gap, and nothing is complete")
    func soFar() {
        let none = Coverage(soFarOf: window, by: [])
        #expect(none.gaps.isEmpty)
        #expect(!none.complete)

        let some = Coverage(soFarOf: window, by: [.example(media: .seconds(3))])
        #expect(some.gaps == [Expected(start: 2, end: 3, reason: Self.early).gap])
        #expect(!some.complete)

        let all = Coverage(soFarOf: window, by: [.example(media: .zero, duration: .seconds(9))])
        #expect(all.gaps.isEmpty)
        #expect(!all.complete)
    }

    @Test("Survives JSON")
    func coding() throws {
        let coverage = Coverage(of: window, by: [])
        let text = """
            {"complete":false,"gaps":[{"end":"2023-11-14T22:13:28.000Z",\
            "reason":"nothing was recorded","start":"2023-11-14T22:13:22.000Z"}],"reason":null}
            """
        #expect(try json(coverage) == text)
        #expect(try parse(text) == coverage)
        // As earlier programs wrote it.
        let earlier = text.replacing(",\"reason\":null", with: "")
        #expect(try parse(earlier) == coverage)
    }

    private func covered(_ accuracies: Duration?...) -> Coverage {
        Coverage(
            of: window,
            by: accuracies.enumerated().map { index, accuracy in
                .example(
                    index + 1,
                    media: .seconds(6 * index),
                    duration: .seconds(6),
                    accuracy: accuracy
                )
            }
        )
    }

    @Test("Footage whose times may be off by more than half a second is not complete, and says why")
    func inaccurate() throws {
        let doubtful = covered(.milliseconds(40), .milliseconds(501))
        #expect(!doubtful.complete && doubtful.gaps.isEmpty)
        let reason = """
            the times may be off by up to 0.6 s: when the camera took its pictures cannot be told \
            more exactly
            """
        #expect(doubtful.reason == reason)
        #expect(try parse(try json(doubtful)) == doubtful)

        #expect(covered(.milliseconds(40), .milliseconds(500)).complete)
        // Of what an earlier program kept nobody knows.
        #expect(covered(.seconds(3), nil).complete)
        let growing = Coverage(
            soFarOf: window,
            by: [.example(duration: .seconds(9), accuracy: .seconds(1))]
        )
        #expect(growing.reason != nil)
    }

    @Test("Times are never more exact than their segments', to the millisecond")
    func accuracy() {
        func accuracy(_ bounds: Duration?...) -> Double? {
            var clip = Clip.example()
            clip.setAccuracy(
                of: bounds.enumerated().map { index, bound in
                    .example(index + 1, media: .seconds(2 * index), accuracy: bound)
                }
            )
            return clip.accuracy
        }
        #expect(accuracy() == nil)
        #expect(accuracy(.milliseconds(12), .microseconds(30_001)) == 0.031)
        #expect(accuracy(.zero) == 0)
        #expect(accuracy(.milliseconds(12), nil) == nil)
    }
}
