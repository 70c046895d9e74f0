import Testing

@testable import Archive

@Suite("Shared files")
struct SharingTests {
    @Test("A clip that shares nothing changes nothing")
    func nothing() {
        let changes = Sharing.changes(of: "b", [1: 10], among: ["a": [2: 10], "c": [:]])
        #expect(changes == Sharing.Changes())
    }

    @Test("Of a shared file the older clip answers, whichever came first")
    func older() {
        let younger = Sharing.changes(of: "b", [1: 10, 2: 5], among: ["a": [1: 10]])
        #expect(younger == .init(ownShared: 10, held: 10))
        let older = Sharing.changes(of: "a", [1: 10, 2: 5], among: ["b": [1: 10], "c": [1: 10]])
        #expect(older == .init(held: 10, relieved: ["b": 10]))
    }

    /// Books that are kept by `Sharing.changes` alone.
    private struct Books {
        var files: [String: Sharing.Files] = [:]
        var shared: [String: Int] = [:]

        mutating func join(_ id: String, _ own: Sharing.Files) {
            let changes = Sharing.changes(of: id, own, among: files)
            files[id] = own
            shared[id] = changes.ownShared
            for (other, bytes) in changes.relieved { shared[other]! += bytes }
        }

        /// Gives how many bytes that makes free.
        mutating func leave(_ id: String) -> Int {
            let own = files.removeValue(forKey: id)!
            shared[id] = nil
            let changes = Sharing.changes(of: id, own, among: files)
            for (other, bytes) in changes.relieved { shared[other]! -= bytes }
            return own.values.reduce(0, +) - changes.held
        }

        var real: Int {
            files.values.reduce(0) { $0 + $1.values.reduce(0, +) } - shared.values.reduce(0, +)
        }

        /// What the files take, each once.
        var truth: Int {
            files.values.reduce(into: [:]) { $0.merge($1) { $1 } }.values.reduce(0, +)
        }
    }

    @Test("Through thousands of comings and goings the sum is that of the files, each once")
    func property() {
        var random = SplitMix(seed: 5)
        var books = Books()
        for step in 0..<4000 {
            if books.files.count < 8 || (books.files.count < 20 && Bool.random(using: &random)) {
                let first = UInt64.random(in: 0..<30, using: &random)
                let inodes = first..<(first + .random(in: 0..<8, using: &random))
                // Ids in no order of time: clips are put in place in any.
                let id = "\(UInt64.random(in: 0..<1000, using: &random))-\(step)"
                books.join(id, Dictionary(uniqueKeysWithValues: inodes.map { ($0, Int($0) + 1) }))
            } else {
                let before = books.truth
                let freed = books.leave(books.files.keys.sorted().randomElement(using: &random)!)
                #expect(freed == before - books.truth)
            }
            #expect(books.real == books.truth)
            #expect(books.shared.values.allSatisfy { $0 >= 0 })
        }
    }
}

/// Random numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
