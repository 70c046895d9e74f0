import HTTP
import Segmenter
import Testing

@testable import Server

@Suite("Which segment's first frame is the picture")
struct SnapshotRouteTests {
    private static let start = Timestamp(microseconds: 1_000_000_000)

    private let run: Run

    init() throws {
        run = try Self.run("run1")
    }

    /// A run without tracks: a `moov` that holds no more than its header.
    private static func run(_ id: String) throws -> Run {
        var header = [UInt8](repeating: 0, count: 36)
        header.replaceSubrange(0..<8, with: [0, 0, 0, 36] + Array("moov".utf8))
        header.replaceSubrange(8..<16, with: [0, 0, 0, 28] + Array("mvhd".utf8))
        header[31] = 1
        return Run(id: id, directory: "/\(id)", media: try InitSegment(parsing: header))
    }

    /// Two seconds of a run.
    private func segment(
        _ sequence: Int,
        at seconds: Double,
        keyframe: Bool = true,
        of run: Run? = nil
    ) -> Segment {
        Segment(
            run: run ?? self.run,
            sequence: sequence,
            name: "\(sequence).m4s",
            mediaStart: .seconds(seconds),
            duration: .seconds(2),
            start: Self.start + .seconds(seconds),
            end: Self.start + .seconds(seconds + 2),
            bytes: 1,
            startsOnKeyframe: keyframe,
            frameInterval: .milliseconds(40)
        )
    }

    private func chosen(_ held: [Segment], at seconds: Double?) throws -> Int {
        let moment = seconds.map { Self.start + .seconds($0) }
        return try SnapshotRoute.segment(among: held, at: moment).sequence
    }

    private func refusal(_ held: [Segment], at seconds: Double?) -> Status? {
        let error = #expect(throws: HTTPError.self) { try chosen(held, at: seconds) }
        return error?.status
    }

    @Test("The newest, or the one on display at the moment")
    func shown() throws {
        let held = (0..<4).map { segment($0, at: Double($0) * 2) }
        #expect(try chosen(held, at: nil) == 3)
        for (seconds, sequence) in [(0, 0), (1.999, 0), (2, 1), (5.5, 2), (7.999, 3)] {
            #expect(try chosen(held, at: seconds) == sequence)
        }
    }

    @Test("Before the ring and in a gap there is none; after it, or in an empty one, not yet")
    func absence() {
        let held = [segment(0, at: 0), segment(1, at: 10)]
        #expect(refusal(held, at: -0.001) == .notFound)
        #expect(refusal(held, at: 5) == .notFound)
        #expect(refusal(held, at: 12) == .conflict)
        #expect(refusal([], at: nil) == .serviceUnavailable)
        #expect(refusal([], at: 0) == .serviceUnavailable)
    }

    @Test("A segment that begins without a keyframe gives way to the run's last that has one")
    func keyframes() throws {
        let held = [segment(0, at: 0), segment(1, at: 2, keyframe: false)]
        #expect(try chosen(held, at: nil) == 0)
        let other = try Self.run("run2")
        let broken = [segment(0, at: 0), segment(1, at: 2, keyframe: false, of: other)]
        #expect(refusal(broken, at: 3) == .notFound)
    }
}
