import Foundation
import TestSupport

/// Debian's nginx with one worker process, and no more to do than to serve a folder.
final class NginxServer: WebServer {
    let name: String
    let port: Int
    let pid: pid_t
    private let master: ChildProcess

    private init(name: String, port: Int, pid: pid_t, master: ChildProcess) {
        self.name = name
        self.port = port
        self.pid = pid
        self.master = master
    }

    /// Starts it and returns when it answers.
    ///
    /// - Parameters:
    ///   - public: the folder that it serves.
    ///   - prefix: a folder for its own files, which is made.
    ///   - pushing: whether `tcp_nopush` is on.
    static func start(
        serving public: URL,
        prefix: URL,
        pushing: Bool,
        core: Int? = nil
    ) async throws -> NginxServer {
        try FileManager.default.createDirectory(at: prefix, withIntermediateDirectories: false)
        let port = try FreePort.next()
        let file = prefix.appending(path: "nginx.conf")
        try configuration(serving: `public`, port: port, pushing: pushing)
            .write(to: file, atomically: false, encoding: .utf8)
        let plain = ["/usr/sbin/nginx", "-p", prefix.path, "-c", file.path, "-e", "stderr"]
        let command = core.map { Core.pinned(plain, to: $0) } ?? plain
        let master = try await ChildProcess.start(command[0], Array(command.dropFirst()))
        let workers = try await eventually("nginx") {
            if let status = master.status { throw TestFailure("\(status)\n\(master.errorText)") }
            let answers = (try? await HTTPClient(port: port).get("/")) != nil
            return answers ? try ProcessFigures.children(of: master.pid) : nil
        }
        guard workers.count == 1 else { throw TestFailure("nginx has \(workers.count) workers") }
        return NginxServer(
            name: pushing ? "nginx, tcp_nopush on" : "nginx",
            port: port,
            pid: workers[0],
            master: master
        )
    }

    func stop() async {
        await master.stop()
    }

    /// Paths that do not begin with a slash are below the prefix.
    private static func configuration(serving public: URL, port: Int, pushing: Bool) -> String {
        """
        # As root it would have its worker be someone who may not enter the folder.
        \(geteuid() == 0 ? "user root;" : "")
        worker_processes 1;
        worker_rlimit_nofile \(DescriptorLimit.hard);
        daemon off;
        pid nginx.pid;
        error_log stderr error;
        events {
            worker_connections 15000;
        }
        http {
            access_log off;
            sendfile on;
            tcp_nopush \(pushing ? "on" : "off");
            keepalive_requests 1000000000;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            types {
                application/json json;
                application/vnd.apple.mpegurl m3u8;
                video/mp4 mp4 m4s;
            }
            server {
                listen 127.0.0.1:\(port);
                root \(`public`.path);
            }
        }

        """
    }
}
