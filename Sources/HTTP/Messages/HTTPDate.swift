import CLinux
import Glibc

/// Dates as HTTP writes them (RFC 9110 §5.6.7), in whole seconds since 1970 UTC.
package enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let longDays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The present second.
    package static var now: Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return time.tv_sec
    }

    /// The IMF-fixdate form, `Sun, 06 Nov 1994 08:49:37 GMT`, of a moment in the years 0 to 9999.
    package static func format(_ seconds: Int) -> String {
        let date = CivilDate(secondsSinceEpoch: seconds)
        // Every file's response needs one: written byte by byte it costs no intermediate strings.
        return String(unsafeUninitializedCapacity: 29) { buffer in
            var count = 0
            func write(_ text: StaticString) {
                write(text, 0..<text.utf8CodeUnitCount)
            }
            func write(_ text: StaticString, _ part: Range<Int>) {
                for index in part {
                    buffer[count] = text.utf8Start[index]
                    count += 1
                }
            }
            func write(_ number: Int, width: Int) {
                var rest = number
                for index in (count..<count + width).reversed() {
                    buffer[index] = ASCII.zero + UInt8(rest % 10)
                    rest /= 10
                }
                count += width
            }
            write("SunMonTueWedThuFriSat", 3 * date.weekday..<3 * date.weekday + 3)
            write(", ")
            write(date.day, width: 2)
            write(" ")
            write(
                "JanFebMarAprMayJunJulAugSepOctNovDec",
                3 * date.month - 3..<3 * date.month
            )
            write(" ")
            write(date.year, width: 4)
            write(" ")
            write(date.hour, width: 2)
            write(":")
            write(date.minute, width: 2)
            write(":")
            write(date.second, width: 2)
            write(" GMT")
            return count
        }
    }

    /// Reads any of the three forms a recipient must accept; nil for anything else.
    ///
    /// `now` settles the century of the RFC 850 form's two-digit year: a date that would lie more
    /// than 50 years ahead is in the past.
    package static func parse(_ text: String, now: Int = HTTPDate.now) -> Int? {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let date: CivilDate? =
            switch words.count {
            case 6 where words[0].utf8.last == ASCII.comma: parseIMF(words)
            case 4: parseRFC850(words, now: now)
            case 5 where words[2].utf8.count == 2: parseAsctime(words)
            // asctime pads a day of one digit with a second space.
            case 6 where words[2].isEmpty && words[3].utf8.count == 1:
                parseAsctime(Array(words[..<2] + words[3...]))
            default: nil
            }
        guard let date, date.isValid else { return nil }
        let seconds = date.secondsSinceEpoch
        // A leap second at the very end would belong to a year of five digits.
        return CivilDate(secondsSinceEpoch: seconds).year <= 9999 ? seconds : nil
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    private static func parseIMF(_ words: [Substring]) -> CivilDate? {
        guard
            days.contains(where: { $0 == words[0].dropLast() }), words[5] == "GMT",
            let day = number(words[1], digits: 2),
            let month = months.firstIndex(where: { $0 == words[2] }),
            let year = number(words[3], digits: 4)
        else { return nil }
        return date(year, month, day, time: words[4])
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`
    private static func parseRFC850(_ words: [Substring], now: Int) -> CivilDate? {
        let parts = words[1].split(separator: "-", omittingEmptySubsequences: false)
        guard
            longDays.contains(where: { "\($0)," == words[0] }), words[3] == "GMT",
            parts.count == 3,
            let day = number(parts[0], digits: 2),
            let month = months.firstIndex(where: { $0 == parts[1] }),
            let shortYear = number(parts[2], digits: 2)
        else { return nil }
        let thisYear = CivilDate(secondsSinceEpoch: now).year
        let year = thisYear - thisYear % 100 + shortYear
        return date(year > thisYear + 50 ? year - 100 : year, month, day, time: words[2])
    }

    /// `Sun Nov  6 08:49:37 1994`, its padding removed.
    private static func parseAsctime(_ words: [Substring]) -> CivilDate? {
        guard
            days.contains(where: { $0 == words[0] }),
            let month = months.firstIndex(where: { $0 == words[1] }),
            let day = number(words[2], digits: words[2].utf8.count),
            let year = number(words[4], digits: 4)
        else { return nil }
        return date(year, month, day, time: words[3])
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int, time: Substring) -> CivilDate? {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard
            parts.count == 3,
            let hour = number(parts[0], digits: 2),
            let minute = number(parts[1], digits: 2),
            let second = number(parts[2], digits: 2)
        else { return nil }
        return CivilDate(
            year: year,
            month: month + 1,
            day: day,
            hour: hour,
            minute: minute,
            second: second
        )
    }

    /// A number of exactly so many digits; `Int.init` alone would take a sign.
    private static func number(_ text: Substring, digits: Int) -> Int? {
        guard text.utf8.count == digits, text.utf8.allSatisfy(ASCII.isDigit) else { return nil }
        return Int(text)
    }
}
