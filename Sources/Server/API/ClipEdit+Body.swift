import Archive
import HTTP

extension ClipEdit {
    /// Reads a merge patch (RFC 7396): a field that is not there stays, null clears it.
    init(_ body: [String: JSONValue]) throws(HTTPError) {
        try ClipFields.check(body, knowing: ["label", "note", "metadata", "locked"])
        self.init()
        if body["label"] != nil { label = .some(try ClipFields.label(in: body)) }
        if body["note"] != nil { note = .some(try ClipFields.note(in: body)) }
        if body["metadata"] != nil { metadata = .some(try ClipFields.metadata(in: body)) }
        switch body["locked"] {
        case nil: break
        case .bool(let value): locked = value
        case .null: locked = false
        default: throw HTTPError(.badRequest, "locked must be true or false.")
        }
    }
}
