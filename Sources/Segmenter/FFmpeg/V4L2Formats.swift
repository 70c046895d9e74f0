/// What a V4L2 device can send, as ffmpeg lists it (`-list_formats all`, libavdevice/v4l2.c).
package struct V4L2Formats: Sendable, Hashable {
    package struct Format: Sendable, Hashable {
        /// What `-input_format` takes: `yuyv422`, `mjpeg`, `h264` …
        package var name: String
        package var isCompressed: Bool
        /// Empty if the device takes any size within bounds.
        package var sizes: [PictureSize]

        fileprivate func has(_ size: PictureSize?) -> Bool {
            sizes.isEmpty || size.map(sizes.contains) ?? true
        }
    }

    package private(set) var formats: [Format] = []

    /// Reads ffmpeg's log; lines that list no format are passed over.
    package init(log: [String]) {
        formats = log.compactMap(Self.format)
    }

    /// `[video4linux2,v4l2 @ 0x20485c0] Compressed:        h264 :                H.264 : 640x480 …`
    private static func format(_ line: String) -> Format? {
        let kinds = [("Raw       :", false), ("Compressed:", true)]
        for (sign, isCompressed) in kinds {
            guard let range = line.firstRange(of: sign) else { continue }
            // The description may hold colons itself: name first, sizes last.
            let fields = line[range.upperBound...].split(separator: " : ")
            guard fields.count >= 2, let name = fields[0].split(separator: " ").first,
                name != "Unsupported"
            else { return nil }
            let sizes = fields[fields.count - 1].split(separator: " ").compactMap(PictureSize.init)
            return Format(name: String(name), isCompressed: isCompressed, sizes: sizes)
        }
        return nil
    }

    /// What to ask of the device; nil for whatever it sends by itself.
    ///
    /// H.264, since that need not be encoded; else MJPEG where only that has the wanted size.
    package func choice(for size: PictureSize?) -> String? {
        if formats.contains(where: { $0.name == "h264" && $0.has(size) }) { return "h264" }
        let isRaw = formats.contains { !$0.isCompressed && $0.has(size) }
        return !isRaw && formats.contains { $0.name == "mjpeg" && $0.has(size) } ? "mjpeg" : nil
    }

    /// Asks a device; what cannot be asked has none.
    package static func ask(_ device: String, ffmpeg: FFmpeg) async -> V4L2Formats {
        let arguments = ["-f", "v4l2", "-list_formats", "all", "-i", device]
        let outcome = try? await ffmpeg.run(arguments, limit: .seconds(5))
        return V4L2Formats(log: outcome?.log ?? [])
    }
}
