import Testing

@testable import HTTP

/// What one response must be.
struct ExpectedAnswer: Sendable {
    let status: Int
    let fields: [String: ExpectedField]
    let body: ExpectedBody

    /// Whether the request was HEAD: then no content follows, whatever the fields say.
    let isToHead: Bool

    init(
        _ status: Int,
        _ fields: [String: ExpectedField] = [:],
        body: ExpectedBody = .any,
        toHead isToHead: Bool = false
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.isToHead = isToHead
    }

    func verify(_ response: RawResponse, site: ConformanceSite) throws {
        #expect(response.status == status)
        for (name, field) in fields {
            let values = response.headers.values(of: name)
            switch field {
            case .value(let value): #expect(values == [site.filled(value)], "\(name)")
            case .present: #expect(values.count == 1, "\(name)")
            case .absent: #expect(values.isEmpty, "\(name)")
            }
        }
        switch body {
        case .any: break
        case .text(let text): #expect(response.body == text.latin1)
        case .clip(let range): #expect(response.body == Array(ConformanceSite.clip[range]))
        case .parts(let ranges): try verify(parts: ranges, of: response)
        }
        verifyFraming(response)
    }

    private func verify(parts ranges: [Range<Int>], of response: RawResponse) throws {
        let message = try MultipartMessage(response)
        try #require(message.parts.count == ranges.count)
        for (part, range) in zip(message.parts, ranges) {
            let bounds = "bytes \(range.lowerBound)-\(range.upperBound - 1)/1000"
            #expect(part.headers.values(of: "Content-Range") == [bounds])
            #expect(part.headers.values(of: "Content-Type") == ["video/mp4"])
            #expect(part.content == Array(ConformanceSite.clip[range]))
        }
    }

    /// What holds for every response.
    private func verifyFraming(_ response: RawResponse) {
        let headers = response.headers
        if status < 200 {
            #expect(headers.isEmpty, "nothing more to say yet")
            return
        }
        // RFC 9110 §6.6.1.
        let dates = headers.values(of: "Date")
        #expect(dates.count == 1 && dates.allSatisfy { HTTPDate.parse($0) != nil })
        // RFC 9110 §8.8.2.1.
        if let modified = headers["Last-Modified"].flatMap({ HTTPDate.parse($0) }) {
            #expect(modified <= dates.first.flatMap { HTTPDate.parse($0) } ?? 0)
        }
        // RFC 9112 §6.1, §6.2, RFC 9110 §8.6.
        let lengths = headers.values(of: "Content-Length")
        let codings = headers.values(of: "Transfer-Encoding")
        #expect(lengths.count + codings.count <= 1)
        if status == 204 { #expect(lengths.isEmpty && codings.isEmpty) }
        // RFC 9110 §8.3.
        if !response.body.isEmpty { #expect(headers.values(of: "Content-Type").count == 1) }
    }
}

enum ExpectedField: Sendable, ExpressibleByStringLiteral {
    case value(String)
    case present
    case absent

    init(stringLiteral value: String) {
        self = .value(value)
    }
}

enum ExpectedBody: Sendable, ExpressibleByStringLiteral {
    case any
    case text(String)

    /// That part of the clip.
    case clip(Range<Int>)

    /// A multipart message of those parts of the clip.
    case parts([Range<Int>])

    init(stringLiteral value: String) {
        self = .text(value)
    }
}
