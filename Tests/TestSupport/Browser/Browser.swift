package import Foundation

/// A headless Chromium with an empty profile of its own, which reaches nothing but 127.0.0.1.
package final class Browser: Stoppable {
    private let driver: ChildProcess
    private let profile: TemporaryFolder
    private let webDriver: WebDriver
    private let session: String

    private init(
        driver: ChildProcess,
        profile: TemporaryFolder,
        webDriver: WebDriver,
        session: String
    ) {
        self.driver = driver
        self.profile = profile
        self.webDriver = webDriver
        self.session = session
    }

    /// Starts the browser with one empty window.
    package static func start(width: Int = 1280, height: Int = 800) async throws -> Browser {
        let port = try FreePort.next()
        let driver = try await ChildProcess.start("chromedriver", ["--port=\(port)"])
        let webDriver = WebDriver(port: port)
        try await eventually("chromedriver on port \(port)") {
            do {
                let status: Status = try await webDriver.command("GET", "/status")
                return status.ready
            } catch {
                return false
            }
        }

        let profile = try TemporaryFolder()
        let options = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            // By a pipe, so that it ends with its driver, however that ends.
            "--remote-debugging-pipe",
            "--autoplay-policy=no-user-gesture-required", "--mute-audio", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
            "--user-data-dir=\(profile.path)", "--window-size=\(width),\(height)",
        ]
        let program = try ChildProcess.executable(named: "chromium")
        let parameters = """
            {"capabilities": {"alwaysMatch": {
                "timeouts": {"script": 90000, "pageLoad": 30000},
                "goog:chromeOptions": {"binary": \(try json(program)), "args": \(try json(options))}
            }}}
            """
        do {
            let session: Session = try await webDriver.command("POST", "/session", parameters)
            return Browser(
                driver: driver,
                profile: profile,
                webDriver: webDriver,
                session: session.sessionId
            )
        } catch {
            await driver.stop()
            throw error
        }
    }

    /// Goes to a page and waits until it is loaded.
    package func open(_ url: URL) async throws {
        try await command("url", "{\"url\": \(try Browser.json(url.absoluteString))}")
    }

    /// Runs the body of a JavaScript function in the page, and gives back what it returns.
    ///
    /// - Parameters:
    ///   - script: sees the arguments as `arguments`; a promise it returns is awaited.
    ///   - arguments: anything that becomes JSON.
    package func execute<Value: Decodable>(
        _ script: String,
        _ arguments: [any Encodable & Sendable] = [],
        as type: Value.Type = Value.self
    ) async throws -> Value {
        try await webDriver.command(
            "POST",
            "/session/\(session)/execute/sync",
            try Browser.call(script, arguments),
            as: type
        )
    }

    /// Runs the body of a JavaScript function in the page for its effect alone.
    package func execute(
        _ script: String,
        _ arguments: [any Encodable & Sendable] = []
    ) async throws {
        try await command("execute/sync", try Browser.call(script, arguments))
    }

    /// Runs the body of a JavaScript function whose last argument is a callback, and gives back what
    /// is passed to that.
    package func executeAsync<Value: Decodable>(
        _ script: String,
        _ arguments: [any Encodable & Sendable] = [],
        as type: Value.Type = Value.self
    ) async throws -> Value {
        try await webDriver.command(
            "POST",
            "/session/\(session)/execute/async",
            try Browser.call(script, arguments),
            as: type
        )
    }

    /// Types into whatever has the focus, as a person at the keyboard would.
    ///
    /// - Parameter keys: characters, WebDriver's own among them: U+E004 is Tab, U+E007 Enter.
    package func type(_ keys: String) async throws {
        let presses = try keys.flatMap { key in
            try ["keyDown", "keyUp"].map {
                "{\"type\": \"\($0)\", \"value\": \(try Browser.json(String(key)))}"
            }
        }
        try await command(
            "actions",
            """
            {"actions": [{"type": "key", "id": "keyboard",
                "actions": [\(presses.joined(separator: ", "))]}]}
            """
        )
    }

    /// Changes the size of the page, in CSS pixels.
    package func resize(width: Int, height: Int) async throws {
        let path = "/session/\(session)/goog/cdp/execute"
        let parameters = """
            {"cmd": "Emulation.setDeviceMetricsOverride", "params":
                {"width": \(width), "height": \(height), "deviceScaleFactor": 1, "mobile": false}}
            """
        try await webDriver.command("POST", path, parameters)
    }

    /// Saves what the window shows as a PNG.
    package func screenshot(to file: URL) async throws {
        let text: String = try await webDriver.command("GET", "/session/\(session)/screenshot")
        guard let png = Data(base64Encoded: text) else {
            throw TestFailure("the screenshot is not in base64")
        }
        try png.write(to: file)
    }

    package func stop() async {
        try? await webDriver.command("DELETE", "/session/\(session)")
        await driver.stop()
    }

    private func command(_ name: String, _ parameters: String) async throws {
        try await webDriver.command("POST", "/session/\(session)/\(name)", parameters)
    }

    private static func call(
        _ script: String,
        _ arguments: [any Encodable & Sendable]
    ) throws -> String {
        let list = try arguments.map { try json($0) }.joined(separator: ", ")
        return "{\"script\": \(try json(script)), \"args\": [\(list)]}"
    }

    private static func json(_ value: any Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    private struct Status: Decodable {
        let ready: Bool
    }

    private struct Session: Decodable {
        let sessionId: String
    }
}
