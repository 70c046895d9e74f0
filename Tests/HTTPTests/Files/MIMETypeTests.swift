import HTTP
import Testing

@Suite("MIME type")
struct MIMETypeTests {
    @Test(
        "Goes by the last extension, whatever its case",
        arguments: [
            ("index.m3u8", "application/vnd.apple.mpegurl"),
            ("clip.MP4", "video/mp4"),
            ("000001.m4s", "video/iso.segment"),
            ("archive.html.bin", "application/octet-stream"),
            ("README", "application/octet-stream"),
            ("dot.", "application/octet-stream"),
            ("", "application/octet-stream"),
        ]
    )
    func byName(_ name: String, _ type: String) {
        #expect(MIMEType.forFile(named: name) == type)
    }
}
