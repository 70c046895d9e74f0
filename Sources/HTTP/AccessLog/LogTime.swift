/// Times as access logs write them, always in UTC.
enum LogTime {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `22/Nov/2026:14:40:23 +0000`, from microseconds since 1970.
    static func appendCommon(_ microseconds: Int, to output: inout [UInt8]) {
        let date = CivilDate(secondsSinceEpoch: seconds(microseconds))
        append(date.day, width: 2, to: &output)
        output += "/\(months[date.month - 1])/".utf8
        append(date.year, width: 4, to: &output)
        output.append(ASCII.colon)
        appendClock(date, to: &output)
        output += " +0000".utf8
    }

    /// `2026-11-22T14:40:23.482Z`, from microseconds since 1970.
    static func appendISO8601(_ microseconds: Int, to output: inout [UInt8]) {
        let date = CivilDate(secondsSinceEpoch: seconds(microseconds))
        append(date.year, width: 4, to: &output)
        output.append(ASCII.dash)
        append(date.month, width: 2, to: &output)
        output.append(ASCII.dash)
        append(date.day, width: 2, to: &output)
        output += "T".utf8
        appendClock(date, to: &output)
        output += ".".utf8
        append(microseconds / 1000 % 1000, width: 3, to: &output)
        output += "Z".utf8
    }

    /// Seconds with three digits, cut off: `0.012`.
    static func appendMilliseconds(of duration: Duration, to output: inout [UInt8]) {
        appendThousandths(duration.nanoseconds / 1_000_000, to: &output)
    }

    /// Milliseconds with three digits, cut off: `12.345`.
    static func appendMicroseconds(of duration: Duration, to output: inout [UInt8]) {
        appendThousandths(duration.nanoseconds / 1000, to: &output)
    }

    private static func appendThousandths(_ count: UInt64, to output: inout [UInt8]) {
        output += "\(count / 1000).".utf8
        append(Int(count % 1000), width: 3, to: &output)
    }

    private static func appendClock(_ date: CivilDate, to output: inout [UInt8]) {
        append(date.hour, width: 2, to: &output)
        output.append(ASCII.colon)
        append(date.minute, width: 2, to: &output)
        output.append(ASCII.colon)
        append(date.second, width: 2, to: &output)
    }

    private static func append(_ number: Int, width: Int, to output: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            output.append(ASCII.zero + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    private static func seconds(_ microseconds: Int) -> Int { microseconds / 1_000_000 }
}
