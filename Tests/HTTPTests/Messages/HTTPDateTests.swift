import Testing

@testable import HTTP

@Suite("HTTP date (RFC 9110 §5.6.7)")
struct HTTPDateTests {
    private static let now = 1_790_000_000

    @Test(
        "Writes the IMF-fixdate form and reads it back",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (4_102_444_800, "Fri, 01 Jan 2100 00:00:00 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ]
    )
    func fixdate(_ seconds: Int, _ text: String) {
        #expect(HTTPDate.format(seconds) == text)
        #expect(HTTPDate.parse(text, now: Self.now) == seconds)
    }

    @Test(
        "Reads the obsolete forms",
        arguments: [
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
            ("Sun Nov  6 08:49:37 1994", 784_111_777),
            ("Wed Nov 16 08:49:37 1994", 784_975_777),
            // 50 years from 2026 is 2076; what would lie beyond is in the past.
            ("Wednesday, 01-Jan-76 00:00:00 GMT", 3_345_062_400),
            ("Saturday, 01-Jan-77 00:00:00 GMT", 220_924_800),
        ]
    )
    func obsolete(_ text: String, _ seconds: Int) {
        #expect(HTTPDate.parse(text, now: Self.now) == seconds)
    }

    @Test(
        "Refuses anything else",
        arguments: [
            "", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 29 Feb 1900 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
            "sun, 06 nov 1994 08:49:37 gmt", "Sun,  06 Nov 1994 08:49:37 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ",
            "Sun Nov 6 08:49:37 1994", "Sun Nov  66 08:49:37 1994", "Sun, 06-Nov-94 08:49:37 GMT",
            "06 Nov 1994 08:49:37 GMT", "784111777", " , , , , , ",
            "Fri, 31 Dec 9999 23:59:60 GMT",
        ]
    )
    func malformed(_ text: String) {
        #expect(HTTPDate.parse(text, now: Self.now) == nil)
    }

    @Test("Every day of four centuries survives the round trip")
    func roundTrip() {
        let broken = (-73_000...73_000).first { day in
            let seconds = day * 86_400 + 12_345
            return CivilDate(secondsSinceEpoch: seconds).secondsSinceEpoch != seconds
        }
        #expect(broken == nil)
    }
}
