import Glibc

/// HTTP's dates (RFC 9110 §5.6.7) beside the C library's calendar.
enum DateRules {
    static func check(_ text: String, now: Int) {
        guard let seconds = HTTPDate.parse(text, now: now) else { return }
        let written = HTTPDate.format(seconds)
        require(
            HTTPDate.parse(written, now: now) == seconds,
            "\(text) is \(seconds), but was written as \(written)."
        )
        require(
            written == format(seconds, "%a, %d %b %04Y %H:%M:%S GMT"),
            "\(seconds) was written as \(written)."
        )
        // A leap second is the next minute's first, and a day's name is nobody's proof.
        if !text.contains(":60") {
            let rest = text.drop { $0 != " " }
            require(
                forms(of: seconds).contains { $0.drop { $0 != " " } == rest },
                "\(text) was read as \(written)."
            )
        }
    }

    /// A moment in the three forms that a recipient must know.
    static func forms(of seconds: Int) -> [String] {
        ["%a, %d %b %04Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %04Y"]
            .map { format(seconds, $0) }
    }

    private static func format(_ seconds: Int, _ form: String) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        let written = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            let count = strftime(buffer.baseAddress!, 64, form, &parts)
            return String(decoding: buffer[..<count].map(UInt8.init), as: UTF8.self)
        }
        return written
    }
}
