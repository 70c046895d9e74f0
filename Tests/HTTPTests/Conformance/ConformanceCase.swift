import HTTP
import Testing

/// What a client sends over one connection, and what the RFCs say must come back.
struct ConformanceCase: Sendable, CustomTestStringConvertible {
    /// The RFC and section it goes by, such as `9112 §3.2`.
    let section: String
    let name: String
    let steps: [Step]
    let ending: Ending
    let arrivals: [Arrival]
    let limits: Limits

    /// Bytes sent, and the answers awaited before any more are.
    struct Step {
        /// Each character stands for the byte of its number; `{tag}` for the clip's entity tag.
        let sent: String
        let answers: [ExpectedAnswer]

        /// Whether the client then shuts down its sending side.
        var shutsDown = false
    }

    enum Ending {
        /// The connection is good for another request.
        case kept

        /// It ends with nothing but what was expected on it.
        case closed
    }

    enum Arrival: CaseIterable {
        case atOnce
        case byteByByte
    }

    /// How much the server takes.
    enum Limits {
        case usual

        /// Little enough to meet and exceed within a request that is cut at every byte.
        case small

        var parser: ParserLimits {
            var limits = ParserLimits()
            if self == .small {
                limits.requestLine = 64
                limits.headerBytes = 64
                limits.headerCount = 3
                limits.body = 16
            }
            return limits
        }
    }

    init(
        _ section: String,
        _ name: String,
        steps: [Step],
        then ending: Ending = .kept,
        arrivals: [Arrival] = Arrival.allCases,
        limits: Limits = .usual
    ) {
        self.section = section
        self.name = name
        self.steps = steps
        self.ending = ending
        self.arrivals = arrivals
        self.limits = limits
    }

    init(
        _ section: String,
        _ name: String,
        _ sent: String,
        _ answers: ExpectedAnswer...,
        then ending: Ending = .kept,
        arrivals: [Arrival] = Arrival.allCases,
        limits: Limits = .usual
    ) {
        self.init(
            section,
            name,
            steps: [Step(sent: sent, answers: answers)],
            then: ending,
            arrivals: arrivals,
            limits: limits
        )
    }

    /// One answer, after which the connection ends although the client would go on.
    static func refused(
        _ status: Int,
        _ section: String,
        _ name: String,
        _ sent: String,
        arrivals: [Arrival] = Arrival.allCases,
        limits: Limits = .usual
    ) -> ConformanceCase {
        ConformanceCase(
            section,
            name,
            sent,
            ExpectedAnswer(status),
            then: .closed,
            arrivals: arrivals,
            limits: limits
        )
    }

    var testDescription: String { "RFC \(section): \(name)" }
}

extension String {
    /// A message: lines that end in CR LF, an empty one, and content.
    static func message(_ lines: String..., content: String = "") -> String {
        lines.map { $0 + "\r\n" }.joined() + "\r\n" + content
    }

    /// A GET request for a target, with fields besides Host.
    static func get(_ target: String, _ fields: String...) -> String {
        request("GET", target, fields)
    }

    /// A HEAD request for a target, with fields besides Host.
    static func head(_ target: String, _ fields: String...) -> String {
        request("HEAD", target, fields)
    }

    /// A POST request to what echoes content, with fields besides Host.
    static func post(_ fields: String..., content: String = "") -> String {
        request("POST", "/echo", fields) + content
    }

    /// The bytes that the characters stand for (ISO 8859-1).
    var latin1: [UInt8] { unicodeScalars.map { UInt8($0.value) } }

    private static func request(_ method: String, _ target: String, _ fields: [String]) -> String {
        let lines = ["\(method) \(target) HTTP/1.1", "Host: a"] + fields
        return lines.map { $0 + "\r\n" }.joined() + "\r\n"
    }
}
