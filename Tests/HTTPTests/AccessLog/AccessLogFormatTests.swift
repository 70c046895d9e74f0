import Foundation
import Testing

@testable import HTTP

@Suite("Access log format")
struct AccessLogFormatTests {
    private func line(
        _ format: AccessLogFormat,
        target: String = "/api/videos?limit=3",
        headers: HeaderFields = [:],
        isRead: Bool = true,
        isComplete: Bool = true,
        start: Int = 1_795_358_423_482_999,
        duration: Duration = .microseconds(12_345),
        id: String = "0123456789abcde"
    ) throws -> String {
        var line = Array("before ".utf8)
        format.append(
            ExchangeReport(
                request: isRead
                    ? try Request(method: .get, target: target, headers: headers) : nil,
                remoteAddress: "192.0.2.1",
                status: isRead ? .ok : .badRequest,
                bytesSent: 1234,
                isComplete: isComplete,
                start: start,
                duration: duration,
                requestID: id
            ),
            to: &line
        )
        let text = String(decoding: line, as: UTF8.self)
        #expect(text.hasPrefix("before ") && text.hasSuffix("\n"))
        return String(text.dropFirst(7).dropLast())
    }

    private func object(_ line: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
        return try #require(value as? [String: Any])
    }

    @Test("The combined line is Apache's, with seconds and id after it")
    func combined() throws {
        let headers: HeaderFields = ["User-Agent": "curl/8.5.0", "Referer": "http://a/b"]
        #expect(
            try line(.combined, headers: headers) == """
                192.0.2.1 - - [22/Nov/2026:14:40:23 +0000] "GET /api/videos?limit=3 HTTP/1.1" \
                200 1234 "http://a/b" "curl/8.5.0" 0.012 0123456789abcde
                """
        )
    }

    @Test("What could not be read, or was not sent, is a dash")
    func dashes() throws {
        #expect(
            try line(.combined, isRead: false, duration: .seconds(61)) == """
                192.0.2.1 - - [22/Nov/2026:14:40:23 +0000] "-" \
                400 1234 "-" "-" 61.000 0123456789abcde
                """
        )
    }

    @Test(
        "What a client sends cannot forge a combined line",
        arguments: [
            ("a\" 200 \"", #"a\x22 200 \x22"#), ("a\\", #"a\x5C"#), ("a\tb", #"a\x09b"#),
            ("\u{1B}[2J", #"\x1B[2J"#), ("é", #"\xC3\xA9"#), ("\u{7F}", #"\x7F"#),
        ]
    )
    func combinedEscapes(_ agent: String, _ written: String) throws {
        let line = try line(.combined, headers: ["User-Agent": agent], id: agent)
        #expect(line.hasSuffix("\"\(written)\" 0.012 \(written)"))
        #expect(line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    }

    @Test("The JSON line holds every member, in types a program can count with")
    func json() throws {
        let headers: HeaderFields = ["User-Agent": "curl/8.5.0", "Referer": "http://a/b"]
        let object = try object(try line(.json, headers: headers, isComplete: false))
        #expect(object["time"] as? String == "2026-11-22T14:40:23.482Z")
        #expect(object["remote"] as? String == "192.0.2.1")
        #expect(object["method"] as? String == "GET")
        #expect(object["target"] as? String == "/api/videos?limit=3")
        #expect(object["protocol"] as? String == "HTTP/1.1")
        #expect(object["status"] as? Int == 200)
        #expect(object["bytes"] as? Int == 1234)
        #expect(object["duration_ms"] as? Double == 12.345)
        #expect(object["request_id"] as? String == "0123456789abcde")
        #expect(object["referer"] as? String == "http://a/b")
        #expect(object["user_agent"] as? String == "curl/8.5.0")
        #expect(object["complete"] as? Bool == false)
        #expect(object.count == 12)
    }

    @Test("What is missing is null in JSON")
    func nulls() throws {
        let object = try object(try line(.json, isRead: false))
        for name in ["method", "target", "protocol", "referer", "user_agent"] {
            #expect(object[name] is NSNull, "\(name)")
        }
        #expect(object["status"] as? Int == 400)
    }

    @Test(
        "What a client sends comes through JSON as it was, on one line",
        arguments: ["a\",\"status\":\"1", "a\\", "a\tb", "\u{1B}[2J", "é 🎥", "\u{7F}", "\u{1}"]
    )
    func jsonEscapes(_ agent: String) throws {
        let line = try line(.json, headers: ["User-Agent": agent])
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
        #expect(try object(line)["user_agent"] as? String == agent)
    }
}
