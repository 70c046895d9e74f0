package import Foundation

/// What ffprobe and ffmpeg say of a media file, a playlist or an address.
package struct MediaProbe: Sendable {
    /// The container, such as `mov,mp4,m4a,3gp,3g2,mj2`.
    package let format: String
    /// In seconds.
    package let start: Double?
    /// In seconds.
    package let duration: Double?
    package let streams: [MediaStream]

    package var video: MediaStream? { streams.first { $0.type == "video" } }
    package var audio: MediaStream? { streams.first { $0.type == "audio" } }

    /// Reads what the container says.
    package init(_ source: URL) async throws {
        let report: Report = try await MediaProbe.ffprobe(
            source,
            ["-show_format", "-show_streams"]
        )
        format = report.format?.name ?? ""
        start = report.format?.start.flatMap { Double($0) }
        duration = report.format?.duration.flatMap { Double($0) }
        streams = report.streams ?? []
    }

    /// Decodes a stream and lists the frames that a player would show.
    ///
    /// - Parameter stream: as ffprobe selects it.
    package static func frames(
        of source: URL,
        stream: String = "v:0"
    ) async throws -> [MediaFrame] {
        let report: Report = try await ffprobe(
            source,
            [
                "-select_streams", stream, "-show_entries",
                "frame=best_effort_timestamp_time,key_frame",
            ]
        )
        return try (report.frames ?? []).map { frame in
            guard let pts = frame.timestamp.flatMap({ Double($0) }) else {
                throw TestFailure("\(source): a frame without a time")
            }
            return MediaFrame(pts: pts, isKey: frame.isKey == 1)
        }
    }

    /// Lists the packets of a stream in file order without decoding, hidden ones included.
    ///
    /// - Parameter stream: as ffprobe selects it.
    package static func packets(
        of source: URL,
        stream: String = "v:0"
    ) async throws -> [MediaFrame] {
        let report: Report = try await ffprobe(
            source,
            ["-select_streams", stream, "-show_entries", "packet=pts_time,flags"]
        )
        return try (report.packets ?? []).map { packet in
            guard let pts = packet.pts.flatMap({ Double($0) }) else {
                throw TestFailure("\(source): a packet without a time")
            }
            return MediaFrame(pts: pts, isKey: packet.flags.hasPrefix("K"))
        }
    }

    /// What ffmpeg complains of while it decodes everything; empty when all is well.
    package static func decodingErrors(of source: URL) async throws -> String {
        // With their own times: rounded to a frame rate, those of an uneven camera would collide.
        let output = try await ChildProcess.run(
            "ffmpeg",
            ["-v", "error", "-nostdin", "-xerror", "-i", argument(source), "-map", "0"]
                + ["-fps_mode", "passthrough", "-enc_time_base", "-1", "-f", "null", "-"],
            timeout: .seconds(120)
        )
        let failure = output.status.isSuccess ? "" : "\(output.status)"
        return output.errorText + failure
    }

    /// Whether ffmpeg decodes everything without a complaint.
    package static func decodesWithoutError(_ source: URL) async throws -> Bool {
        try await decodingErrors(of: source).isEmpty
    }

    /// Whether an MP4 can start to play before it has come as a whole.
    package static func moovBeforeMdat(_ file: URL) throws -> Bool {
        let boxes = try topLevelBoxes(of: file)
        guard let moov = boxes.firstIndex(of: "moov"), let mdat = boxes.firstIndex(of: "mdat")
        else { return false }
        return moov < mdat
    }

    /// The types of an MP4's outermost boxes, in file order (ISO/IEC 14496-12, 4.2).
    package static func topLevelBoxes(of file: URL) throws -> [String] {
        let handle = try FileHandle(forReadingFrom: file)
        let end = try handle.seekToEnd()
        var boxes: [String] = []
        var position: UInt64 = 0
        while position + 8 <= end {
            try handle.seek(toOffset: position)
            let header = [UInt8](try handle.read(upToCount: 16) ?? Data())
            let number = { (bytes: ArraySlice<UInt8>) in bytes.reduce(0) { $0 << 8 | UInt64($1) } }
            boxes.append(String(decoding: header[4..<8], as: UTF8.self))
            switch number(header[0..<4]) {
            case 0: return boxes
            case 1: position += max(16, number(header[8...]))
            case let size: position += max(8, size)
            }
        }
        return boxes
    }

    /// How a source is named on the command lines of media programs.
    static func argument(_ source: URL) -> String {
        source.isFileURL ? source.path : source.absoluteString
    }

    private static func ffprobe(_ source: URL, _ options: [String]) async throws -> Report {
        let output = try await ChildProcess.check(
            "ffprobe",
            ["-v", "error", "-of", "json"] + options + [argument(source)],
            timeout: .seconds(120)
        )
        return try JSONDecoder().decode(Report.self, from: output.standardOutput)
    }

    /// The shape of ffprobe's JSON.
    private struct Report: Decodable {
        struct Format: Decodable {
            let name: String
            let start: String?
            let duration: String?

            enum CodingKeys: String, CodingKey {
                case name = "format_name"
                case start = "start_time"
                case duration
            }
        }

        struct Frame: Decodable {
            let timestamp: String?
            let isKey: Int

            enum CodingKeys: String, CodingKey {
                case timestamp = "best_effort_timestamp_time"
                case isKey = "key_frame"
            }
        }

        struct Packet: Decodable {
            let pts: String?
            let flags: String

            enum CodingKeys: String, CodingKey {
                case pts = "pts_time"
                case flags
            }
        }

        let format: Format?
        let streams: [MediaStream]?
        let frames: [Frame]?
        let packets: [Packet]?
    }
}
