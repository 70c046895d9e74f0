import Archive
import HTTP
import Segmenter

/// `/api/videos`: the clips and their files.
struct VideoRoutes: Sendable {
    private static let immutable = "private, max-age=31536000, immutable"

    let archive: ClipArchive

    /// Pages of the list, which every viewer of the page asks for: up to 4 MiB of JSON.
    private let pages = RevisionCache<String, Response>(limit: 4 << 20)

    /// Clips whose files are being asked for: a player wants a segment every two seconds.
    private let clips = RevisionCache<ClipID, Clip>(limit: 1000)

    init(archive: ClipArchive) {
        self.archive = archive
    }

    func list(_ request: Request) throws -> Answer<any Error> {
        let revision = archive.revision
        if let page = pages.value(for: request.rawTarget, at: revision) { return .now(page) }
        return .later {
            let page = try await page(request)
            let cost = request.rawTarget.utf8.count + (page.body.length ?? 0)
            pages.store(page, for: request.rawTarget, at: revision, cost: cost)
            return page
        }
    }

    private func page(_ request: Request) async throws -> Response {
        let wanted = try ListRequest(request)
        let page = try await archive.clips(
            matching: wanted.query,
            after: wanted.cursor,
            limit: wanted.limit
        )
        var headers = HeaderFields()
        if wanted.cursor == nil, page.next == nil {
            headers["X-Total-Count"] = String(page.clips.count)
        } else if let count = try await archive.count(matching: wanted.query) {
            headers["X-Total-Count"] = String(count)
        }
        if let next = page.next {
            headers["Link"] = "<\(wanted.target(of: next))>; rel=\"next\""
        }
        let clips = page.clips.map { ClipResource(clip: $0) }
        return try JSONBody.response(.ok, clips, headers: headers)
    }

    func get(_ request: Request) throws -> Answer<any Error> {
        let query = try QueryReader(request, knowing: ["wait"])
        guard let wait = try query.integer("wait", in: 0...WaitPreference.most) else {
            return try withClip(request) { clip in
                try JSONBody.response(.ok, ClipResource(clip: clip))
            }
        }
        let id: ClipID = try request.parameters.value("id")
        return .later { [archive] in
            let clip = try await archive.clip(id.text, finishedWithin: .seconds(wait))
            return try JSONBody.response(.ok, ClipResource(clip: clip))
        }
    }

    /// A merge patch (RFC 7396) of what people say of a clip; `metadata` is replaced as a whole.
    func edit(_ request: Request) async throws -> Response {
        _ = try QueryReader(request, knowing: [])
        let id: ClipID = try request.parameters.value("id")
        let body = try await JSONBody.object(
            of: request,
            types: ["application/merge-patch+json", "application/json"],
            // RFC 5789 §3.1
            hint: "Accept-Patch"
        )
        let clip = try await archive.edit(id.text, ClipEdit(body))
        return try JSONBody.response(.ok, ClipResource(clip: clip))
    }

    func delete(_ request: Request) async throws -> Response {
        _ = try QueryReader(request, knowing: [])
        let id: ClipID = try request.parameters.value("id")
        try await archive.delete(id.text)
        return try JSONBody.response(.ok, ["id": id.text, "message": "The clip is deleted."])
    }

    func stream(_ request: Request) throws -> Answer<any Error> {
        let query = try QueryReader(request, knowing: ["download"])
        return try withClip(request) { clip in
            try checkReady(clip)
            var headers: HeaderFields = ["Cache-Control": Self.immutable]
            if query.text("download") == "1" {
                // RFC 6266; the name is ASCII without quotes by its making.
                headers["Content-Disposition"] = "attachment; filename=\"\(clip.filename)\""
            }
            return try file(.video, of: clip, request, "video/mp4", headers)
        }
    }

    func playlist(_ request: Request) throws -> Answer<any Error> {
        try withClip(request) { clip in
            try file(
                .playlist,
                of: clip,
                request,
                "application/vnd.apple.mpegurl",
                ["Cache-Control": caching(clip)]
            )
        }
    }

    func media(_ request: Request) throws -> Answer<any Error> {
        let file: ClipFile = try request.parameters.value("file")
        return try withClip(request) { clip in
            try self.file(file, of: clip, request, "video/mp4", ["Cache-Control": Self.immutable])
        }
    }

    func thumbnail(_ request: Request) throws -> Answer<any Error> {
        try withClip(request) { clip in
            try file(.thumbnail, of: clip, request, "image/jpeg", ["Cache-Control": caching(clip)])
        }
    }

    // MARK: - Parts

    /// Answers by a clip: at once if it's known, else when it is found.
    private func withClip(
        _ request: Request,
        _ body: @escaping @Sendable (Clip) throws -> Response
    ) throws -> Answer<any Error> {
        let id: ClipID = try request.parameters.value("id")
        let revision = archive.revision
        if let clip = clips.value(for: id, at: revision) { return .now(try body(clip)) }
        return .later {
            let clip = try await archive.clip(id.text)
            clips.store(clip, for: id, at: revision)
            return try body(clip)
        }
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
            let wait = StoreAnswer.secondsUntilReady(clip)
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
