/// A connection's requests, heads and bodies: however the bytes are cut, they mean the same, and
/// what is let pass keeps the rules.
enum RequestFuzz: FuzzTarget {
    /// Small, so that short inputs reach them.
    private static let limits = {
        var limits = ParserLimits()
        limits.requestLine = 256
        limits.headerBytes = 512
        limits.headerCount = 12
        limits.body = 64
        return limits
    }()

    static func check(_ input: [UInt8]) {
        let whole = Transcript([input[...]], limits: limits)
        for pieces in Cuts.of(input) {
            let cut = Transcript(pieces, limits: limits)
            require(cut == whole, "Cut, it means \(cut.events); whole, \(whole.events).")
        }
        for (head, wire) in whole.heads {
            WireRules.check(head, wire: Array(input[wire]), limits: limits)
            checkRoundTrip(head)
        }
    }

    /// A head written out again is read as the same.
    private static func checkRoundTrip(_ head: RequestHead) {
        let again = Transcript([Array(head.wireForm.utf8)[...]], limits: ParserLimits())
        require(
            again.heads.first?.head.summary == head.summary,
            "\(head.summary) was read again as \(again.events)."
        )
    }
}
