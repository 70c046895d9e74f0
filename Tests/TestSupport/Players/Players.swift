package import Foundation

/// Plays an address with real players, as fast as they can and without a screen or speakers.
///
/// Each fails, quoting what the player printed, unless it came to the end by itself.
package enum Players {
    /// GStreamer's two ways to play: for HLS the first has `hlsdemux`, the second `hlsdemux2`.
    ///
    /// Don't play HLS by the first: in GStreamer 1.22 it now and then stops for good while buffering
    /// (three times of thirty from nginx).
    package enum GStreamerElement: String, Sendable, CaseIterable {
        case playbin
        case playbin3
    }

    /// Reads the container and decodes every picture.
    package static func ffprobe(_ url: URL) async throws -> PlayerReport {
        let probe = try await MediaProbe(url)
        let frames = try await MediaProbe.frames(of: url)
        guard let last = frames.last else { throw TestFailure("ffprobe: no pictures in \(url)") }
        return PlayerReport(
            duration: probe.duration,
            lastPicture: last.pts,
            pictures: frames.count,
            soughtTo: nil
        )
    }

    /// Plays to the last quarter, seeks back to the middle, and plays from there to the end.
    ///
    /// Seeking goes backwards because mpv then serves it from its own cache: the HLS demuxer of
    /// ffmpeg 5.1, which mpv builds on, cannot seek in fMP4 segments.
    package static func mpv(
        _ url: URL,
        timeout: Duration = .seconds(60)
    ) async throws -> PlayerReport {
        let folder = try TemporaryFolder()
        let script = folder.file("report.lua")
        try Data(mpvScript.utf8).write(to: script)
        let output = try await ChildProcess.check(
            "mpv",
            ["--no-config", "--vo=null", "--ao=null", "--untimed", "--ao-null-untimed=yes"]
                + ["--cache=yes", "--hr-seek=yes", "--msg-level=all=warn", "--term-status-msg="]
                + ["--script=\(script.path)", MediaProbe.argument(url)],
            timeout: timeout
        )
        let said = { (name: String) in lastNumber(after: "report \(name) ", in: output.errorText) }
        guard let last = said("last"), let sought = said("sought") else {
            throw TestFailure("mpv \(url): did not play or seek\n\(output.errorText)\(output.text)")
        }
        return PlayerReport(
            duration: said("duration"),
            lastPicture: last,
            pictures: nil,
            soughtTo: sought
        )
    }

    /// Plays from beginning to end.
    package static func gstreamer(
        _ url: URL,
        by element: GStreamerElement = .playbin,
        timeout: Duration = .seconds(60)
    ) async throws -> PlayerReport {
        let uri = url.absoluteString
        let output = try await ChildProcess.check(
            "gst-launch-1.0",
            ["-v", element.rawValue, "uri=\(uri)"]
                + ["video-sink=fakesink name=pictures sync=false silent=false"]
                + ["audio-sink=fakesink sync=false"],
            timeout: timeout
        )
        let pictures = output.text.split(separator: "\n").filter {
            $0.contains(":pictures: last-message = chain")
        }
        guard output.text.contains("Got EOS"), let last = pictures.last.flatMap(gstreamerTime)
        else {
            throw TestFailure("\(element) \(uri): no end\n\(output.errorText)\(output.text)")
        }
        return PlayerReport(
            duration: nil,
            lastPicture: last,
            pictures: pictures.count,
            soughtTo: nil
        )
    }

    /// Has mpv seek once, and say on standard error what the report needs.
    private static let mpvScript = """
        local sought, last = false, nil
        local function report(name, value)
            if value then io.stderr:write(string.format("report %s %.6f\\n", name, value)) end
        end
        mp.observe_property("time-pos", "number", function(_, time)
            local duration = mp.get_property_number("duration")
            last = time or last
            if time and duration and not sought and time > duration * 0.75 then
                sought = true
                report("duration", duration)
                mp.register_event("playback-restart", function()
                    report("sought", mp.get_property_number("time-pos"))
                end)
                mp.commandv("seek", duration / 2, "absolute")
            end
        end)
        mp.register_event("end-file", function() report("last", last) end)
        """

    private static func lastNumber(after prefix: String, in text: String) -> Double? {
        text.split(whereSeparator: \.isNewline)
            .last { $0.hasPrefix(prefix) }
            .flatMap { Double($0.dropFirst(prefix.count)) }
    }

    /// The `pts: h:mm:ss.fraction` in a line of a fakesink, in seconds.
    private static func gstreamerTime(in line: Substring) -> Double? {
        guard let start = line.firstRange(of: "pts: ") else { return nil }
        let parts = line[start.upperBound...].prefix { $0 != "," }.split(separator: ":")
        let numbers = parts.compactMap { Double($0) }
        return numbers.count == 3 ? numbers.reduce(0) { $0 * 60 + $1 } : nil
    }
}
