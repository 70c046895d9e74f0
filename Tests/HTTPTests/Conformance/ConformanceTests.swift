import HTTP
import Testing

/// The tables of what RFC 9110, RFC 9112 and their kin ask of a server, over real sockets.
@Suite("Conformance", .servesConformanceSite)
struct ConformanceTests {
    /// The tables about how requests are read.
    private static let messages =
        RequestLineCases.all + FieldCases.all + HostCases.all + FramingCases.all
        + ChunkedCases.all + ExpectCases.all + PersistenceCases.all + TargetCases.all
        + MethodCases.all + LimitCases.all

    private static let others =
        RangeCases.all + ConditionCases.all + MultipartCases.all + ResponseFramingCases.all
        + FileCases.all

    /// Larger ones are about amounts; the same rules are there with small limits.
    private static let cuttable = messages.filter { example in
        example.steps.reduce(0) { $0 + $1.sent.utf8.count } <= 1024
    }

    @Test("Request lines are read strictly", arguments: RequestLineCases.all)
    func requestLines(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Header fields are read strictly", arguments: FieldCases.all)
    func fields(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Every request names one well-formed host", arguments: HostCases.all)
    func hosts(_ example: ConformanceCase) throws { try example.verify() }

    @Test("No body can be taken for two", arguments: FramingCases.all)
    func framing(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Chunks are read strictly", arguments: ChunkedCases.all)
    func chunks(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Expectations are met or refused", arguments: ExpectCases.all)
    func expectations(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Connections last as long as both sides want", arguments: PersistenceCases.all)
    func persistence(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Targets are taken apart and decoded once", arguments: TargetCases.all)
    func targets(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Methods are known, allowed or refused", arguments: MethodCases.all)
    func methods(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Limits have the status made for them", arguments: LimitCases.all)
    func limits(_ example: ConformanceCase) throws { try example.verify() }

    @Test("Ranges are selected", arguments: RangeCases.all)
    func ranges(_ example: ConformanceCase) throws {
        try example.verify()
    }

    @Test("Conditions are taken in their order", arguments: ConditionCases.all)
    func conditions(_ example: ConformanceCase) throws {
        try example.verify()
    }

    @Test("Several ranges make a multipart message", arguments: MultipartCases.all)
    func multipart(_ example: ConformanceCase) throws {
        try example.verify()
    }

    @Test("Responses are framed by status, method and version", arguments: ResponseFramingCases.all)
    func responses(_ example: ConformanceCase) throws {
        try example.verify()
    }

    @Test("Files are served, and nothing else", arguments: FileCases.all)
    func files(_ example: ConformanceCase) throws {
        try example.verify()
    }

    @Test("However the bytes are cut, the parser understands the same", arguments: cuttable)
    func splits(_ example: ConformanceCase) throws {
        let limits = example.limits.parser
        let bytes = example.steps.flatMap(\.sent.latin1)
        let whole = ParserTranscript([bytes], limits: limits)
        #expect(ParserTranscript(bytes.map { [$0] }, limits: limits) == whole)
        let faulty = bytes.indices.first { cut in
            let halves = [Array(bytes[..<cut]), Array(bytes[cut...])]
            return ParserTranscript(halves, limits: limits) != whole
        }
        #expect(faulty == nil)

        let statuses = example.steps.flatMap(\.answers).map(\.status).filter { $0 >= 200 }
        if let refusal = whole.refusal { #expect(refusal.status == statuses.last) }
        // What follows the last answer on a connection that ends is not looked at.
        if example.ending == .kept { #expect(whole.answers == statuses.count) }
    }

    @Test("There are enough cases, each of its own, and each cites a section")
    func tables() {
        let all = Self.messages + Self.others
        #expect(all.count >= 150)
        #expect(Set(all.map(\.testDescription)).count == all.count)
        let cites = /(9110|9111|9112|3986|6585|2046) §\d+(\.\d+)*/
        #expect(all.filter { $0.section.wholeMatch(of: cites) == nil }.map(\.section) == [])
    }
}
