import Archive
import Glibc
import HTTP
import Segmenter

/// The running program: cameras, archive and HTTP server, wired together and stopped in order.
struct Application {
    private static let drain = Duration.seconds(10)

    private let lock: StorageLock
    private let archive: ClipArchive
    private let fleet: CameraFleet
    private let server: HTTPServer
    private let ringRoot: String

    /// Opens everything, but starts nothing.
    init(_ settings: Settings, ffmpeg: FFmpeg) throws {
        lock = try StorageLock(storage: settings.storagePath)
        // Absolute, because ffmpeg works in other directories.
        let storage = Self.absolute(settings.storagePath)
        ringRoot = storage + "/ring"
        archive = try ClipArchive(
            root: storage,
            databasePath: settings.databasePath,
            ffmpeg: ffmpeg,
            jobs: max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))),
            maxClips: settings.maxClips,
            report: { Log.write(.info, $0) }
        )
        fleet = CameraFleet(
            settings.cameras,
            ringRoot: ringRoot,
            ffmpeg: ffmpeg,
            report: { Log.write(.info, $0) }
        )
        server = Self.server(settings, archive, fleet)
    }

    /// Takes up what an earlier life left, then begins to answer; gives the port.
    func start() async throws -> Int {
        // Before any camera writes there, and before any trigger: all that is found is an earlier life's.
        Leftovers.remove(from: ringRoot)
        try await archive.recover { camera, start in
            await fleet[camera]?.ring.reader(from: start)
        }
        return try server.start()
    }

    /// Records and serves until the first request to stop; a second one ends the program at once.
    func run(until requests: AsyncStream<Int32>) async {
        let recording = Task { await fleet.run() }
        for await _ in requests { break }
        Log.write(.info, "stopping; clips that are being recorded go on after the next start")
        let impatient = Task {
            for await number in requests { exit(128 + number) }
        }
        // No new triggers; then the cameras, whose last segments the recordings still take.
        archive.close()
        recording.cancel()
        await recording.value
        await archive.shutDown()
        await server.shutdown(gracePeriod: Self.drain)
        await archive.closeDatabase()
        impatient.cancel()
    }

    // MARK: - Wiring

    private static func server(
        _ settings: Settings,
        _ archive: ClipArchive,
        _ fleet: CameraFleet
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
                started: .now
            ),
            videos: VideoRoutes(archive: archive),
            store: StoreRoute(archive: archive, fleet: fleet),
            cameras: CameraRoutes(fleet: fleet),
            session: SessionRoute(keys: settings.keys, sessions: sessions),
            page: page
        )
        var configuration = HTTPServer.Configuration()
        configuration.host = settings.host
        configuration.port = settings.port
        configuration.limits.connections = min(
            configuration.limits.connections,
            DescriptorBudget.connections(
                of: DescriptorBudget.limit,
                cameras: settings.cameras.count
            )
        )
        configuration.renderError = ProblemDetails.response
        configuration.onUnhandledError = { error, request in
            if let error = error as? ArchiveError { return HTTPError(error) }
            Log.write(.error, "\(request.method.rawValue) \(request.path): \(error)")
            return ErrorRendering.internalError
        }
        let isLoopbackOnly = settings.keys.isEmpty && !settings.allowsAnonymous
        let handler = Middleware.chain(
            [
                .securityHeaders,
                .defaultHeaders(["Content-Security-Policy": contentSecurityPolicy]),
                .renderingErrors(configuration.errors),
                OriginPolicy(
                    allowed: settings.corsOrigins,
                    isLoopbackOnly: isLoopbackOnly
                ).middleware,
                // Here too, so that pages of listed origins can read what was wrong.
                .renderingErrors(configuration.errors),
                AccessControl(keys: settings.keys, sessions: sessions).middleware,
            ],
            around: routes.router.handler
        )
        return HTTPServer(configuration: configuration, handler: handler)
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
