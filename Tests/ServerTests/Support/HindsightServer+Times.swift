import Foundation
import TestSupport
import Testing

/// What tests of clips' own times ask.
extension HindsightServer {
    /// A camera whose frames tell their moments, as the judge has to know it.
    struct Judged {
        let id: String
        /// Between two frames, in microseconds.
        var interval = ClockCamera.frameInterval
        /// How far a frame's stated moment may lie beside the truth; nil for one frame interval and the
        /// tolerance.
        var limit: Int64?
        /// In seconds: a bound that is too wide is honest, and says nothing.
        var widestAccuracy = HindsightServer.completeAccuracy
    }

    /// Above this, in seconds, no clip is complete.
    static let completeAccuracy = 0.5

    /// Triggers cameras together, with a window around now in seconds.
    func trigger(_ cameras: [String], before: Double, after: Double) async throws -> [ClipAnswer] {
        let list = cameras.map { "\"\($0)\"" }.joined(separator: ", ")
        let body = #"{"camera": [\#(list)], "before": \#(before), "after": \#(after)}"#
        let answer = try await client.post("/api/store", json: body)
        try #require(answer.status == 202, "\(answer.text)")
        let incident = try answer.json(as: IncidentAnswer.self)
        #expect(incident.refused.isEmpty)
        return incident.clips
    }

    /// Waits for clips, and expects every frame to have been taken when they say, and when they were asked
    /// for if they are whole.
    func checkTimes(
        of clips: [ClipAnswer],
        _ cameras: [Judged],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for recording in clips {
            let camera = try #require(cameras.first { $0.id == recording.camera })
            let clip = try await finished(recording.id)
            guard clip.status == "ready" else {
                Issue.record("\(clip.camera): \(clip)", sourceLocation: sourceLocation)
                continue
            }
            let truth = try await truth(of: clip, interval: camera.interval, in: storage)
            let found = truth.violationsOfTimes(limit: camera.limit)
            let words: Comment = "\(clip.camera): \(clip.coverage), accuracy \(clip.accuracy ?? -1)"
            #expect(found == [], words, sourceLocation: sourceLocation)
            if let accuracy = clip.accuracy {
                #expect(accuracy <= camera.widestAccuracy, words, sourceLocation: sourceLocation)
                if accuracy > Self.completeAccuracy {
                    #expect(!clip.coverage.complete, words, sourceLocation: sourceLocation)
                }
            }
            let end = try microseconds(try #require(clip.end))
            let ready = try microseconds(try #require(clip.ready_at))
            #expect(end <= ready + camera.interval, words, sourceLocation: sourceLocation)
        }
    }

    /// By how much the end of a ring has been ahead of now at most while `body` ran, in microseconds.
    func ringsAhead(while body: () async throws -> Void) async throws -> [String: Int64] {
        let watch = Task {
            var worst: [String: Int64] = [:]
            while !Task.isCancelled {
                for camera in (try? await cameras()) ?? [] {
                    guard let end = try camera.ring.end.map(microseconds) else { continue }
                    let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
                    worst[camera.id] = max(end - now, worst[camera.id] ?? .min)
                }
                try? await Task.sleep(for: .milliseconds(100))
            }
            return worst
        }
        do { try await body() } catch {
            watch.cancel()
            throw error
        }
        watch.cancel()
        return try await watch.value
    }
}
