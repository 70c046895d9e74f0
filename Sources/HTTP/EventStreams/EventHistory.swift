/// The newest events, encoded once for all who get them.
///
/// It is each subscriber's queue as well: a subscriber is no more than a position in it.
struct EventHistory {
    /// Names an event: an id that an earlier life of the server gave is not taken for one of this.
    struct ID: Equatable {
        let life: UInt64
        let number: Int

        init(life: UInt64, number: Int) {
            self.life = life
            self.number = number
        }

        init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            guard
                parts.count == 2,
                let life = UInt64(parts[0], radix: 16),
                let number = Int(parts[1]), number >= 0
            else { return nil }
            self.init(life: life, number: number)
        }

        var text: String { String(life, radix: 16) + "-\(number)" }
    }

    private let life: UInt64
    private let limit: Int
    private var events: [[UInt8]] = []

    /// The number of the last event, 0 before the first.
    private(set) var newest = 0

    init(limit: Int, life: UInt64) {
        precondition(limit > 0, "a history holds at least the newest event")
        self.limit = limit
        self.life = life
    }

    /// The last event's id: who resumes from it misses nothing that is still to come.
    var id: String { ID(life: life, number: newest).text }

    mutating func append(_ event: ServerSentEvent) {
        newest += 1
        if events.count == limit { events.removeFirst() }
        events.append(event.encoded(id: id))
    }

    /// The number that an id stands for; nil when what followed it is not all here any more.
    func position(of text: String) -> Int? {
        guard let id = ID(text), id.life == life, holds(id.number) else { return nil }
        return id.number
    }

    /// Whether every event after that number is here.
    func holds(_ number: Int) -> Bool {
        number <= newest && number >= newest - events.count
    }

    /// The events after that number, back to back, as many as fit into `limit` bytes but at least
    /// one; and the number of the last of them.
    func events(after number: Int, limit: Int) -> (bytes: [UInt8], last: Int) {
        let pending = events.suffix(newest - number)
        guard var bytes = pending.first else { return ([], number) }
        var last = number + 1
        for event in pending.dropFirst() where bytes.count + event.count <= limit {
            bytes += event
            last += 1
        }
        return (bytes, last)
    }
}
