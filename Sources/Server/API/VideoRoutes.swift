import Archive
import HTTP
import Segmenter

/// `/api/videos`: the clips and their files.
struct VideoRoutes: Sendable {
    private static let immutable = "private, max-age=31536000, immutable"

    let archive: ClipArchive

    func list(_ request: Request) async throws -> Response {
        let query = try QueryReader(request, knowing: ["limit", "cursor"])
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        var cursor: ClipCursor?
        if let text = query.text("cursor") {
            cursor = ClipCursor(text: text)
            if cursor == nil {
                throw HTTPError(.badRequest, "cursor must be one that a Link header gave.")
            }
        }
        let clips = try await archive.clips(after: cursor, limit: limit + 1)
        let page = clips.prefix(limit)
        var headers: HeaderFields = ["X-Total-Count": String(try await archive.count())]
        if clips.count > limit, let last = page.last {
            let next = "/api/videos?limit=\(limit)&cursor=\(ClipCursor(after: last).text)"
            headers["Link"] = "<\(next)>; rel=\"next\""
        }
        return try JSONBody.response(.ok, page.map { ClipResource(clip: $0) }, headers: headers)
    }

    func get(_ request: Request) async throws -> Response {
        _ = try QueryReader(request, knowing: [])
        return try JSONBody.response(.ok, ClipResource(clip: try await clip(request)))
    }

    func delete(_ request: Request) async throws -> Response {
        _ = try QueryReader(request, knowing: [])
        let clip = try await clip(request)
        try await archive.delete(clip.id)
        return try JSONBody.response(.ok, ["id": clip.id, "message": "The clip is deleted."])
    }

    func stream(_ request: Request) async throws -> Response {
        let query = try QueryReader(request, knowing: ["download"])
        let clip = try await clip(request)
        try checkReady(clip)
        var headers: HeaderFields = ["Cache-Control": Self.immutable]
        if query.text("download") == "1" {
            // RFC 6266; the name is ASCII without quotes by its making.
            headers["Content-Disposition"] = "attachment; filename=\"\(clip.filename)\""
        }
        return try file(.video, of: clip, request, "video/mp4", headers)
    }

    func playlist(_ request: Request) async throws -> Response {
        let clip = try await clip(request)
        return try file(
            .playlist,
            of: clip,
            request,
            "application/vnd.apple.mpegurl",
            ["Cache-Control": caching(clip)]
        )
    }

    func media(_ request: Request) async throws -> Response {
        let file: ClipFile = try request.parameters.value("file")
        let clip = try await clip(request)
        return try self.file(
            file,
            of: clip,
            request,
            "video/mp4",
            ["Cache-Control": Self.immutable]
        )
    }

    func thumbnail(_ request: Request) async throws -> Response {
        let clip = try await clip(request)
        return try file(
            .thumbnail,
            of: clip,
            request,
            "image/jpeg",
            ["Cache-Control": caching(clip)]
        )
    }

    // MARK: - Parts

    private func clip(_ request: Request) async throws -> Clip {
        let id: ClipID = try request.parameters.value("id")
        return try await archive.clip(id.text)
    }

    /// For what grows, or may be made anew, until the clip is finished.
    private func caching(_ clip: Clip) -> String {
        clip.status.isFinished ? Self.immutable : "no-cache"
    }

    private func checkReady(_ clip: Clip) throws(HTTPError) {
        switch clip.status {
        case .ready: return
        case .failed:
            throw HTTPError(.conflict, "This clip has no MP4: \(clip.error ?? "making it failed").")
        case .recording, .processing:
            let wait = StoreRoute.secondsUntilReady(clip)
            throw HTTPError(
                .conflict,
                "This clip is still being recorded: try again in \(wait) s, or play its playlist.",
                headers: ["Retry-After": String(wait)]
            )
        }
    }

    private func file(
        _ name: ClipFile,
        of clip: Clip,
        _ request: Request,
        _ contentType: String,
        _ headers: HeaderFields
    ) throws -> Response {
        func open() throws(FileError) -> OpenFile {
            do {
                return try OpenFile(path: archive.path(of: name, in: clip))
            } catch FileError.notFound {
                // The folder moves once, when the clip is finished: perhaps just now.
                return try OpenFile(path: archive.path(of: name, in: clip))
            }
        }
        do {
            return try FileResponse.respond(
                to: request,
                file: open(),
                contentType: contentType,
                headers: headers
            )
        } catch let error as FileError {
            throw error.httpError
        }
    }
}
