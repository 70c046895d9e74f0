/// What a request's conditions say about a representation (RFC 9110 §13).
enum Preconditions: Equatable {
    case proceed

    /// 304 for GET and HEAD.
    case notModified

    /// 412.
    case failed

    /// Evaluates the conditions in the order of RFC 9110 §13.2.2, for an existing representation.
    static func evaluate(
        method: Method,
        headers: HeaderFields,
        validators: Validators,
        now: Int
    ) -> Preconditions {
        let isRead = method == .get || method == .head

        if let condition = headers.combined("If-Match") {
            guard matches(condition, { validators.entityTag.matchesStrongly($0) }) else {
                return .failed
            }
        } else if let limit = date("If-Unmodified-Since", in: headers, now: now),
            validators.lastModified > limit
        {
            return .failed
        }

        if let condition = headers.combined("If-None-Match") {
            if matches(condition, { validators.entityTag.matchesWeakly($0) }) {
                return isRead ? .notModified : .failed
            }
        } else if isRead, let limit = date("If-Modified-Since", in: headers, now: now),
            validators.lastModified <= limit
        {
            return .notModified
        }
        return .proceed
    }

    /// Whether a Range field counts (RFC 9110 §13.1.5): without If-Range it does; with it, only
    /// if that is this representation's strong tag, or exactly its date and the date is strong.
    static func rangeApplies(headers: HeaderFields, validators: Validators, now: Int) -> Bool {
        guard let condition = headers["If-Range"] else { return true }
        guard !headers.repeats("If-Range") else { return false }
        if let tag = EntityTag(parsing: condition) {
            return validators.entityTag.matchesStrongly(tag)
        }
        // A date is strong only if the file can't have changed again within the same second
        // (RFC 9110 §8.8.2.2).
        return HTTPDate.parse(condition, now: now) == validators.lastModified
            && validators.lastModified < now
    }

    /// Whether `*` or any tag of the list matches; a malformed list matches nothing.
    private static func matches(_ list: String, _ predicate: (EntityTag) -> Bool) -> Bool {
        if ASCII.trim(list.utf8).elementsEqual("*".utf8) { return true }
        return EntityTag.parseList(list)?.contains(where: predicate) ?? false
    }

    /// A date given exactly once; anything else in the field is ignored, as §13.1.3 asks.
    private static func date(_ name: String, in headers: HeaderFields, now: Int) -> Int? {
        guard let value = headers[name], !headers.repeats(name) else { return nil }
        return HTTPDate.parse(value, now: now)
    }
}
