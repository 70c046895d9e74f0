/// Range and condition fields. The input is lines of `name: value`; beside their meaning together,
/// every value is tried as a range, as a list of tags and as a date.
enum ConditionsFuzz: FuzzTarget {
    /// 1 January 2026.
    private static let now = 1_767_225_600

    /// A file as old as the dates in RFC 9110's examples.
    private static let validators = Validators(
        entityTag: EntityTag("1f-2a-c0de"),
        lastModified: 784_111_777
    )

    static func check(_ input: [UInt8]) {
        var headers = HeaderFields()
        for line in input.split(separator: UInt8(ascii: "\n")) {
            let end = line.firstIndex(of: UInt8(ascii: ":")) ?? line.startIndex
            let name = String(decoding: line[..<end], as: UTF8.self)
            let value = String(decoding: line[end...].dropFirst(2), as: UTF8.self)
            headers.append(name, value)
            RangeRules.check(value)
            TagRules.check(value)
            DateRules.check(value, now: now)
        }
        checkOrder(headers)
        checkOutcome(headers)
        checkRangeCondition(headers)
    }

    /// RFC 9110 §13.2.2: a tag's condition makes the date's beside it void.
    private static func checkOrder(_ headers: HeaderFields) {
        for (tag, date) in [
            ("If-Match", "If-Unmodified-Since"), ("If-None-Match", "If-Modified-Since"),
        ] where headers.contains(tag) {
            var fewer = headers
            fewer.remove(date)
            for method in Method.allCases {
                require(
                    evaluate(method, headers) == evaluate(method, fewer),
                    "\(date) counted beside \(tag)."
                )
            }
        }
    }

    private static func checkOutcome(_ headers: HeaderFields) {
        let get = evaluate(.get, headers)
        require(get == evaluate(.head, headers), "HEAD is answered otherwise than GET.")
        let post = evaluate(.post, headers)
        require(post != .notModified, "304 is for GET and HEAD (§13.1.2).")
        require(get != .failed || post == .failed, "412 for GET, but not for POST.")

        // With a condition that can't hold, or can't but hold, the rest is known.
        var impossible = headers
        impossible["If-Match"] = "\"another\""
        require(evaluate(.get, impossible) == .failed, "If-Match of another tag passed.")
        var certain = headers
        certain["If-Match"] = "*"
        require(evaluate(.get, certain) != .failed, "If-Match: * failed.")
        certain["If-None-Match"] = "W/\(validators.entityTag.text), \"another\""
        require(evaluate(.get, certain) == .notModified, "If-None-Match of this tag passed.")
        require(evaluate(.put, certain) == .failed, "If-None-Match of this tag let PUT pass.")
        certain["If-None-Match"] = "\"another\""
        require(evaluate(.get, certain) == .proceed, "If-None-Match of another tag failed.")
    }

    /// §13.1.5: one strong tag, this one, or this date exactly.
    private static func checkRangeCondition(_ headers: HeaderFields) {
        let conditions = headers.values(of: "If-Range")
        let applies = Preconditions.rangeApplies(headers: headers, validators: validators, now: now)
        guard let condition = conditions.first else {
            require(applies, "Without If-Range a range counts.")
            return
        }
        guard applies else { return }
        require(conditions.count == 1, "Two If-Range fields counted.")
        if condition.contains("\"") {
            // A list's empty elements may stand around it.
            let tag = condition.filter { $0 != "," && $0 != " " && $0 != "\t" }
            require(tag == validators.entityTag.text, "If-Range: \(condition) counted.")
        } else {
            require(
                DateRules.forms(of: validators.lastModified).contains(condition),
                "If-Range: \(condition) counted."
            )
        }
    }

    private static func evaluate(_ method: Method, _ headers: HeaderFields) -> Preconditions {
        .evaluate(method: method, headers: headers, validators: validators, now: now)
    }
}
