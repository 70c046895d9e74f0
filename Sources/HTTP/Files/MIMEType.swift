/// Media types by file name extension.
package enum MIMEType {
    /// The type of a file by its name, `application/octet-stream` if unknown.
    package static func forFile(named name: String) -> String {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return unknown }
        let suffix = name[dot...].dropFirst()
        let isLowercase = suffix.utf8.allSatisfy { $0 == ASCII.lowercased($0) }
        return types[isLowercase ? String(suffix) : suffix.lowercased()] ?? unknown
    }

    private static let unknown = "application/octet-stream"

    private static let types = [
        "css": "text/css; charset=utf-8",
        "gif": "image/gif",
        "htm": "text/html; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "ico": "image/x-icon",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "m3u8": "application/vnd.apple.mpegurl",
        "m4s": "video/iso.segment",
        "map": "application/json",
        "md": "text/markdown; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8",
        "mp4": "video/mp4",
        "png": "image/png",
        "svg": "image/svg+xml",
        "ts": "video/mp2t",
        "txt": "text/plain; charset=utf-8",
        "vtt": "text/vtt; charset=utf-8",
        "webmanifest": "application/manifest+json",
        "webp": "image/webp",
        "woff2": "font/woff2",
        "xml": "application/xml",
    ]
}
