import Archive
import Glibc
import HTTP
import Segmenter

/// The running program: cameras, archive and HTTP server, wired together and stopped in order.
struct Application {
    private let lock: StorageLock
    private let archive: ClipArchive
    private let fleet: CameraFleet
    private let reload: CamerasReload?
    private let spaceGuard: SpaceGuard
    private let events = EventFeed()
    private let accessLog: AccessLog?
    private let server: HTTPServer
    private let settings: Settings

    /// Opens everything, but starts nothing.
    init(_ settings: Settings, ffmpeg: FFmpeg) throws {
        self.settings = settings
        lock = try StorageLock(storage: settings.storagePath)
        // Absolute, because ffmpeg works in other directories.
        let storage = Self.absolute(settings.storagePath)
        let ringRoot = storage + "/ring"
        // Before any camera writes there, and before any trigger: all that is found is an earlier life's.
        // Before the database is opened, too: a full disk has no room for that.
        Leftovers.remove(from: ringRoot)
        archive = try ClipArchive(
            root: storage,
            databasePath: settings.databasePath,
            ffmpeg: ffmpeg,
            encoding: settings.standard.encoding,
            jobs: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
            retention: settings.retention,
            maxClipDuration: settings.maxClipDuration ?? .seconds(3600),
            report: { Log.write(.info, $0) },
            onChange: events.clipChanged
        )
        fleet = CameraFleet(
            settings.cameras,
            ringRoot: ringRoot,
            ffmpeg: ffmpeg,
            clock: SystemClock(onStep: { Log.write(.warning, ClockStepNotice.text($0)) }),
            report: { Log.write(.info, $0) },
            onChange: events.fleetChanged
        )
        spaceGuard = SpaceGuard(archive, fleet) { Log.write(.warning, $0) }
        reload = settings.camerasFile.map { [fleet, archive] file in
            CamerasReload(
                file,
                fleet: fleet,
                connections: DescriptorBudget.connections(for: settings)
            ) { limits in
                var retention = settings.retention
                retention.cameras = limits
                await archive.keep(by: retention)
            }
        }
        accessLog = try settings.accessLog.format.map { (format) throws(UsageError) in
            try AccessLog(format, path: settings.accessLog.path) { Log.write(.warning, $0) }
        }
        // Below the rings, for it links from there; no camera can have such an id.
        let snapshots = SnapshotMaker(root: ringRoot + "/.snapshots", ffmpeg: ffmpeg)
        server = Self.server(
            settings,
            archive,
            fleet,
            warnings: { [reload, spaceGuard] in
                [reload?.fault, spaceGuard.notice].compactMap(\.self)
            },
            snapshots,
            events,
            accessLog
        )
    }

    /// Takes up what an earlier life left, then begins to answer; gives the port.
    func start() async throws -> Int {
        try await archive.recover { camera, window in
            await fleet[camera]?.ring.reader(from: window.start, to: window.end)
        }
        return try server.start()
    }

    /// Records and serves until the first request to stop; a second one ends the program at once.
    func run(until requests: AsyncStream<Int32>) async {
        let recording = Task { await fleet.run() }
        let telling = Task { await events.run(fleet) }
        let reloading = Task { await reload?.run() }
        let guarding = Task { await spaceGuard.run() }
        let hangUp = hangUpSignal()
        defer { withExtendedLifetime(hangUp) {} }
        for await _ in requests { break }
        Log.write(.info, "stopping; clips that are being recorded go on after the next start")
        let impatient = Task {
            for await number in requests { exit(128 + number) }
        }
        // No new triggers; then the cameras, whose last segments the recordings still take.
        archive.close()
        reloading.cancel()
        guarding.cancel()
        recording.cancel()
        await recording.value
        await archive.shutDown()
        // Streams of events would keep the server from draining.
        events.finish()
        await telling.value
        await server.shutdown(gracePeriod: settings.http.drainTime)
        await accessLog?.close()
        await archive.closeDatabase()
        impatient.cancel()
    }

    /// Takes up again what may have changed on disk; never ends the program, even where there is nothing.
    private func hangUpSignal() -> HangUpSignal {
        let log = settings.accessLog.path == nil ? nil : accessLog
        var tasks: [String] = []
        if reload != nil { tasks.append("reads CAMERAS_FILE again") }
        if log != nil { tasks.append("begins the access log's file anew") }
        let words = tasks.isEmpty ? "changes nothing" : tasks.joined(separator: " and ")
        return HangUpSignal { [reload] in
            Log.write(.info, "SIGHUP \(words)")
            log?.reopen()
            reload?.ask()
        }
    }

    // MARK: - Wiring

    private static func server(
        _ settings: Settings,
        _ archive: ClipArchive,
        _ fleet: CameraFleet,
        warnings: @escaping @Sendable () -> [String],
        _ snapshots: SnapshotMaker,
        _ events: EventFeed,
        _ accessLog: AccessLog?
    ) -> HTTPServer {
        let sessions = Sessions()
        let page: StaticFiles?
        do {
            page = try StaticFiles(root: settings.publicPath)
        } catch {
            Log.write(.warning, "the page's folder \(settings.publicPath) cannot be read: no page")
            page = nil
        }
        let routes = Routes(
            health: HealthRoute(
                archive: archive,
                fleet: fleet,
                bufferDuration: settings.bufferDuration,
                storagePath: settings.storagePath,
                warnings: warnings,
                started: .now
            ),
            videos: VideoRoutes(archive: archive),
            store: StoreRoute(
                archive: archive,
                fleet: fleet,
                maxClipDuration: settings.maxClipDuration
            ),
            cameras: CameraRoutes(fleet: fleet),
            live: LiveRoutes(fleet: fleet),
            snapshot: SnapshotRoute(fleet: fleet, cache: SnapshotCache(snapshots)),
            events: events,
            session: SessionRoute(keys: settings.keys, sessions: sessions),
            page: page
        )
        var configuration = HTTPServer.Configuration()
        configuration.host = settings.host
        configuration.port = settings.port
        configuration.limits = settings.http.limits
        configuration.limits.connections = DescriptorBudget.connections(for: settings)
        if let accessLog { configuration.onExchange = accessLog.record }
        configuration.errors = ErrorRendering(
            renderError: ProblemDetails.response,
            onUnhandledError: { error, request in
                if let error = error as? ArchiveError { return HTTPError(error) }
                Log.write(.error, "\(request.method.rawValue) \(request.path): \(error)")
                return ErrorRendering.internalError
            }
        )
        let origins = OriginPolicy(
            allowed: settings.corsOrigins,
            isLoopbackOnly: settings.keys.isEmpty && !settings.allowsAnonymous
        )
        configuration.middleware = [
            .requestID,
            .securityHeaders(contentSecurityPolicy: contentSecurityPolicy),
            origins.middleware,
            origins.cors.middleware,
            AccessControl(keys: settings.keys, sessions: sessions).middleware,
        ]
        return HTTPServer(configuration: configuration, responder: routes.router.answer)
    }

    /// The page loads nothing from elsewhere, and no script or style that is not a file of its own.
    private static let contentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
