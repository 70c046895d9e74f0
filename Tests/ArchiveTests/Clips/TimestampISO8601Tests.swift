import Segmenter
import Testing

@testable import Archive

@Suite("Timestamp as ISO 8601")
struct TimestampISO8601Tests {
    @Test("Every millisecond of a second survives being written and read")
    func roundTrip() {
        for millisecond in Int64(0)..<1000 {
            let time = Timestamp.event + .milliseconds(millisecond)
            let digits = String(String(1000 + millisecond).dropFirst())
            #expect(time.iso8601 == "2023-11-14T22:13:20.\(digits)Z")
            #expect(Timestamp(iso8601: time.iso8601) == time)
        }
    }

    @Test(
        "Is written to the nearest millisecond",
        arguments: [(0, "000"), (499, "000"), (500, "001"), (999_499, "999")]
    )
    func rounding(_ microseconds: Int, _ digits: String) {
        let time = Timestamp.event + .microseconds(microseconds)
        #expect(time.iso8601 == "2023-11-14T22:13:20.\(digits)Z")
        #expect(time.wholeMilliseconds.microseconds % 1000 == 0)
    }

    @Test("A second's last half millisecond belongs to the next second")
    func carry() {
        let time = Timestamp.event + .microseconds(999_500)
        #expect(time.iso8601 == "2023-11-14T22:13:21.000Z")
    }

    @Test(
        "Reads any offset, with a fraction or without",
        arguments: [
            "2023-11-14T22:13:20.000Z",
            "2023-11-14T22:13:20Z",
            "2023-11-14T22:13:20+00:00",
            "2023-11-14T23:13:20+01:00",
            "2023-11-14T23:13:20.000+0100",
            "2023-11-15T03:58:20.000+05:45",
            "2023-11-14T12:43:20-09:30",
        ]
    )
    func offsets(_ text: String) {
        #expect(Timestamp(iso8601: text) == .event)
    }

    @Test(
        "Reads fractions of any length to the nearest millisecond",
        arguments: [
            ("2023-11-14T22:13:20.5Z", 500),
            ("2023-11-14T22:13:20.48Z", 480),
            ("2023-11-14T22:13:20.482499Z", 482),
            ("2023-11-14T22:13:20.4825Z", 483),
            ("2023-11-14T22:13:20.9999Z", 1000),
        ]
    )
    func fractions(_ text: String, _ milliseconds: Int) {
        #expect(Timestamp(iso8601: text) == .event + .milliseconds(milliseconds))
    }

    @Test(
        "Refuses what is no moment",
        arguments: [
            "", " ", "now", "1700000000", "2023-11-14", "22:13:20Z",
            "2023-11-14T22:13:20",
            "2023-11-14T22:13Z",
            "2023-13-14T22:13:20Z",
            "2023-02-30T22:13:20Z",
            "2023-11-14T25:13:20Z",
            "2023-11-14T22:61:20Z",
            "2023-11-14T22:13:20.Z",
            "2023-11-14T22:13:20.abcZ",
            "2023-11-14T22:13:20Zjunk",
            " 2023-11-14T22:13:20Z",
            "2023-11-14T22:13:20+1",
            "2023-11-14T22:13:20+99:00",
            "+2023-11-14T22:13:20Z",
            "2023-11-14T-2:13:20Z",
        ]
    )
    func nonsense(_ text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("Is a string in JSON, and a bad one is refused with an example of a good one")
    func coding() throws {
        #expect(try json(Timestamp.event) == "\"2023-11-14T22:13:20.000Z\"")
        #expect(try parse("\"2023-11-14T22:13:20.000Z\"") == Timestamp.event)
        let error = #expect(throws: DecodingError.self) {
            try parse("\"yesterday\"", as: Timestamp.self)
        }
        #expect("\(String(describing: error))".contains("2026-11-22T11:33:21.482Z"))
    }
}
