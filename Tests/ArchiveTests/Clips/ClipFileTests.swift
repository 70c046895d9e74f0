import Testing

@testable import Archive

@Suite("Clip file")
struct ClipFileTests {
    @Test(
        "A segment's and an initialisation segment's name is a media file",
        arguments: ["000001.m4s", "999999.m4s", "1000000.m4s", "init-1.mp4", "init-12.mp4"]
    )
    func media(_ name: String) {
        #expect(ClipFile.media(named: name) == .media(name))
        #expect(ClipFile.media(named: name)?.name == name)
    }

    @Test(
        "No other name is: no trick leads out of the folder, nothing shows what is not a player's",
        arguments: [
            "", ".", "..", "/", "m4s", ".m4s", "000001", "000001.", "000001.m4s.", ".000001.m4s",
            "000001.mp4", "a.m4s", "00000a.m4s", "-1.m4s", "+1.m4s", " 1.m4s", "1.m4s ", "1.M4S",
            "../000001.m4s", "/000001.m4s", "./000001.m4s", "a/000001.m4s", "..\\000001.m4s",
            "000001.m4s/..", "000001.m4s\0", "\0.m4s", "0%2e.m4s", "000001.m4s?x", "１.m4s",
            "½.m4s", "٣.m4s", "init.mp4", "init-.mp4", "init-a.mp4", "init--1.mp4", "init-½.mp4",
            "init-1.m4s", "init-1/../clip.mp4", "clip.mp4", "clip.json", "index.m3u8",
            "thumbnail.jpg", "part-0.mp4", "parts.ffconcat", "clip.json.tmp",
        ]
    )
    func refused(_ name: String) {
        #expect(ClipFile.media(named: name) == nil)
    }

    @Test("The clip's own files have fixed names")
    func names() {
        #expect(ClipFile.video.name == "clip.mp4")
        #expect(ClipFile.playlist.name == "index.m3u8")
        #expect(ClipFile.thumbnail.name == "thumbnail.jpg")
    }
}
