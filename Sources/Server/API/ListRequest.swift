import Archive
import HTTP
import Segmenter

/// The query of `GET /api/videos`, checked.
struct ListRequest: Sendable, Equatable {
    private static let filters = [
        "camera", "status", "label", "incident", "locked", "from", "to", "q",
    ]
    private static let longestText = 200
    private static let moment = "an ISO 8601 moment such as \"2026-11-22T11:33:21.482Z\""

    let query: ClipQuery
    let cursor: ClipCursor?
    let limit: Int
    /// The filters as they came, for the list's next page.
    private let given: [String]

    init(_ request: Request) throws(HTTPError) {
        let reader = try QueryReader(request, knowing: Set(Self.filters + ["limit", "cursor"]))
        limit = try reader.integer("limit", in: 1...1000) ?? 100
        cursor = try reader.value("cursor", "one that a Link header gave", ClipCursor.init(text:))
        var query = ClipQuery()
        query.camera = reader.text("camera")
        query.status = try reader.value("status", Self.statuses, Clip.Status.init(rawValue:))
        query.label = reader.text("label")
        query.incident = reader.text("incident")
        query.locked = try reader.value("locked", "true or false") { Bool($0) }
        query.from = try reader.value("from", Self.moment, Timestamp.init(iso8601:))
        query.to = try reader.value("to", Self.moment, Timestamp.init(iso8601:))
        query.text = try reader.value("q", "at most \(Self.longestText) characters long") {
            $0.count <= Self.longestText ? $0 : nil
        }
        if let from = query.from, let to = query.to, from >= to {
            throw HTTPError(.badRequest, "from must be before to.")
        }
        self.query = query
        given = Self.filters.compactMap { name in
            reader.text(name).map { "\(name)=\(Self.escaped($0))" }
        }
    }

    /// Where the same list goes on after `cursor`.
    func target(of cursor: ClipCursor) -> String {
        let fields = ["limit=\(limit)"] + given + ["cursor=\(cursor.text)"]
        return "/api/videos?" + fields.joined(separator: "&")
    }

    private static let statuses: String = {
        let names = Clip.Status.allCases.map(\.rawValue)
        return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }()

    /// All but the unreserved characters as escapes (RFC 3986 §2.3).
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                String(UnicodeScalar(byte))
            default:
                "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
