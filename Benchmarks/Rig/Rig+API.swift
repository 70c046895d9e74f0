import Foundation
import TestSupport

extension Rig {
    func cameraStates() async throws -> [CameraState] {
        try await answer(200, client.get("/api/cameras")).json()
    }

    /// Waits until every ring holds at least so many seconds.
    func waitUntilBuffered(_ seconds: Double, timeout: Duration? = nil) async throws {
        let timeout = timeout ?? .seconds(seconds + 60)
        try await eventually("full rings", timeout: timeout, every: .seconds(1)) {
            try await cameraStates().allSatisfy { $0.ring.duration >= seconds }
        }
    }

    /// Waits until segments are deleted as fast as they come.
    func waitUntilFull() async throws {
        try await waitUntilBuffered(Self.bufferDuration - Self.segmentDuration)
        try await Task.sleep(for: .seconds(2 * Self.segmentDuration))
    }

    /// `POST /api/store`, with its defaults of 30 s before and 30 s after unless told otherwise.
    func trigger(
        _ camera: String,
        before: Int = 30,
        after: Int = 30
    ) async throws -> ClipState {
        let order = #"{"camera": "\#(camera)", "before": \#(before), "after": \#(after)}"#
        return try await answer(202, client.post("/api/store", json: order)).json()
    }

    /// `POST /api/store` for one camera, with a window of seconds.
    func trigger(_ camera: String, before: Double, after: Double) async throws -> ClipState {
        let clips = try await trigger([camera], before: before, after: after)
        guard let clip = clips.first else { throw TestFailure("\(camera): no clip") }
        return clip
    }

    /// `POST /api/store` for cameras together, with one window of seconds for all.
    func trigger(
        _ cameras: [String],
        before: Double,
        after: Double
    ) async throws -> [ClipState] {
        let clips = try await triggerWhatCan(cameras, before: before, after: after)
        guard clips.count == cameras.count else {
            throw TestFailure("\(clips.count) clips of \(cameras.count) cameras")
        }
        return clips
    }

    /// The same where some of them, or all, may be refused because they have no footage.
    func triggerWhatCan(
        _ cameras: [String],
        before: Double,
        after: Double
    ) async throws -> [ClipState] {
        struct Incident: Decodable {
            let clips: [ClipState]
        }
        let list = cameras.map { "\"\($0)\"" }.joined(separator: ", ")
        let order = #"{"camera": [\#(list)], "before": \#(before), "after": \#(after)}"#
        let response = try await client.post("/api/store", json: order)
        if response.status == 409 { return [] }
        let incident: Incident = try answer(202, response).json()
        return incident.clips
    }

    func livePlaylist(of camera: String) async throws -> LivePlaylist {
        let path = "/api/cameras/\(camera)/live/index.m3u8"
        return LivePlaylist(try await answer(200, client.get(path)).text)
    }

    /// What a finished clip of a clock camera claims, held against its frames.
    func truth(
        of clip: ClipState,
        interval: Int64 = ClockCamera.frameInterval
    ) async throws -> ClipTruth {
        let file = try folder(of: clip.id).appending(path: "clip.mp4")
        return ClipTruth(
            try await ClockFrames.read(file: file),
            start: clip.requestedStart.microseconds,
            end: clip.requestedEnd.microseconds,
            gaps: clip.gaps,
            claim: clip.claim,
            interval: interval
        )
    }

    /// The ffmpeg that records a clock camera now.
    func ffmpeg(of camera: ClockCamera) throws -> pid_t? {
        try ProcessFigures.children(of: pid).first { pid in
            let line = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
            return line?.contains(":\(camera.port)/") ?? false
        }
    }

    func clip(_ id: String) async throws -> ClipState {
        try await answer(200, client.get("/api/videos/\(id)")).json()
    }

    func delete(_ id: String) async throws {
        _ = try await answer(200, client.delete("/api/videos/\(id)"))
    }

    /// Waits until a clip is ready or has failed.
    func finished(_ id: String, within timeout: Duration) async throws -> ClipState {
        try await eventually("clip \(id)", timeout: timeout, every: .milliseconds(250)) {
            let clip = try await clip(id)
            return ["ready", "failed"].contains(clip.status) ? clip : nil
        }
    }

    /// Waits until a clip is ready, and gives it back; fails if the clip does.
    func ready(
        _ id: String,
        within timeout: Duration,
        every interval: Duration
    ) async throws -> ClipState {
        try await eventually("clip \(id)", timeout: timeout, every: interval) {
            let clip = try await clip(id)
            if clip.status == "failed" { throw TestFailure("clip \(id): \(clip.error ?? "")") }
            return clip.status == "ready" ? clip : nil
        }
    }

    /// A finished clip's folder.
    func folder(of id: String) throws -> URL {
        try ClipFolder.find(id, in: storage)
    }

    private func answer(_ status: Int, _ response: HTTPResponse) throws -> HTTPResponse {
        guard response.status == status else {
            throw TestFailure("\(response.status) instead of \(status): \(response.text)")
        }
        return response
    }
}
