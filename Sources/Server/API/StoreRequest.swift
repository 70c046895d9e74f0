import Archive
import HTTP
import Segmenter

/// The body of `POST /api/store`, checked.
struct StoreRequest: Sendable, Equatable {
    enum Cameras: Sendable, Equatable {
        case only
        case one(String)
        case several([String])
        case all
    }

    static let longestAfter = 3600.0
    private static let fields: Set<String> = [
        "camera", "before", "after", "at", "overlap", "label", "note", "metadata",
    ]

    var cameras = Cameras.only
    var before: Duration?
    var after = Duration.seconds(30)
    var at: Timestamp?
    var overlap = Overlap.separate
    var label: String?
    var note: String?
    var metadata: JSONValue?

    /// - Parameter longestBefore: what the rings hold, in seconds.
    init(
        _ body: [String: JSONValue],
        longestBefore: Double,
        now: Timestamp
    ) throws(HTTPError) {
        try ClipFields.check(body, knowing: Self.fields)
        cameras = try Self.cameras(body["camera"])
        before = try Self.seconds(body, "before", upTo: longestBefore)
        if let after = try Self.seconds(body, "after", upTo: Self.longestAfter) {
            self.after = after
        }
        at = try Self.moment(body["at"], now)
        label = try ClipFields.label(in: body)
        note = try ClipFields.note(in: body)
        metadata = try ClipFields.metadata(in: body)
        if let word = try ClipFields.text(body, "overlap", upTo: 20) {
            guard let overlap = Overlap(rawValue: word) else {
                let known = Overlap.allCases.map { "\"\($0.rawValue)\"" }
                throw HTTPError(
                    .unprocessableContent,
                    "overlap must be one of \(known.joined(separator: ", "))."
                )
            }
            self.overlap = overlap
        }
        if (before ?? .seconds(1)) + after == .zero {
            throw HTTPError(.unprocessableContent, "before and after cannot both be 0.")
        }
    }

    private static func cameras(_ value: JSONValue?) throws(HTTPError) -> Cameras {
        switch value {
        case nil, .null: return .only
        case .string("all"): return .all
        case .string(let id): return .one(id)
        case .array(let values):
            var ids: [String] = []
            for case .string(let id) in values where !ids.contains(id) { ids.append(id) }
            if !ids.isEmpty, values.allSatisfy({ if case .string = $0 { true } else { false } }) {
                return .several(ids)
            }
        default: break
        }
        throw HTTPError(.badRequest, "camera must be an id, an array of ids, or \"all\".")
    }

    private static func seconds(
        _ body: [String: JSONValue],
        _ name: String,
        upTo most: Double
    ) throws(HTTPError) -> Duration? {
        let value: Double
        switch body[name] {
        case nil, .null: return nil
        case .integer(let number): value = Double(number)
        case .number(let number): value = number
        default: throw HTTPError(.badRequest, "\(name) must be a number of seconds.")
        }
        guard (0...most).contains(value) else {
            throw HTTPError(
                .unprocessableContent,
                "\(name) must be from 0 to \(most.formatted) seconds."
            )
        }
        return .seconds(value)
    }

    private static func moment(_ value: JSONValue?, _ now: Timestamp) throws(HTTPError)
        -> Timestamp?
    {
        switch value {
        case nil, .null: return nil
        case .string(let text):
            guard let moment = Timestamp(iso8601: text) else { break }
            guard moment - now <= .seconds(60) else {
                throw HTTPError(.unprocessableContent, "at may lie at most 60 s ahead.")
            }
            return moment
        default: break
        }
        throw HTTPError(
            .badRequest,
            "at must be an ISO 8601 moment such as \"2026-11-22T11:33:21.482Z\"."
        )
    }
}

extension Double {
    /// Without the `.0` of whole numbers.
    fileprivate var formatted: String {
        self == rounded() ? String(Int(self)) : String(self)
    }
}
