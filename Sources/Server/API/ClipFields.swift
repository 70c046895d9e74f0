import Archive
import HTTP

/// What people say of a clip, as a request's JSON has it.
enum ClipFields {
    static func check(
        _ body: [String: JSONValue],
        knowing fields: Set<String>
    ) throws(HTTPError) {
        if let unknown = body.keys.sorted().first(where: { !fields.contains($0) }) {
            let known = fields.sorted().joined(separator: ", ")
            throw HTTPError(.badRequest, "There is no field \"\(unknown)\"; there are: \(known).")
        }
    }

    static func label(in body: [String: JSONValue]) throws(HTTPError) -> String? {
        try text(body, "label", upTo: 100)
    }

    static func note(in body: [String: JSONValue]) throws(HTTPError) -> String? {
        try text(body, "note", upTo: 4000)
    }

    static func metadata(in body: [String: JSONValue]) throws(HTTPError) -> JSONValue? {
        switch body["metadata"] {
        case nil, .null: return nil
        case .object(let fields):
            let value = JSONValue.object(fields)
            guard value.encodedSize <= 16 << 10 else {
                throw HTTPError(.unprocessableContent, "metadata must be at most 16 KiB of JSON.")
            }
            return value
        default: throw HTTPError(.badRequest, "metadata must be a JSON object.")
        }
    }

    /// A text; an empty one counts as none.
    static func text(
        _ body: [String: JSONValue],
        _ name: String,
        upTo most: Int
    ) throws(HTTPError) -> String? {
        switch body[name] {
        case nil, .null: return nil
        case .string(let text):
            guard text.count <= most else {
                throw HTTPError(
                    .unprocessableContent,
                    "\(name) must be at most \(most) characters long."
                )
            }
            return text.isEmpty ? nil : text
        default: throw HTTPError(.badRequest, "\(name) must be a string.")
        }
    }
}
