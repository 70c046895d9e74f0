import HTTP

/// `Prefer: wait=N` (RFC 7240 §4.3): how long an answer may wait for what was asked to be done.
enum WaitPreference {
    /// In seconds. Who wishes for more gets this much.
    static let most = 120

    /// The seconds of the first `wait` among the preferences; nil without one, or when it is no number
    /// of seconds: what cannot be met is ignored (§2).
    static func seconds(_ headers: HeaderFields) -> Int? {
        let wishes = (headers.combined("Prefer") ?? "").split(separator: ",")
        for wish in wishes {
            // Parameters of a preference follow a semicolon; those of `wait` mean nothing.
            let parts = wish.prefix { $0 != ";" }.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            ).map { $0.trimming(" \t") }
            guard parts.count == 2, parts[0].lowercased() == "wait" else { continue }
            let number = parts[1].trimming("\"")
            guard !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                return nil
            }
            return min(Int(number) ?? most, most)
        }
        return nil
    }
}

extension Substring {
    fileprivate func trimming(_ characters: String) -> Substring {
        var text = drop { characters.contains($0) }
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return text
    }
}
