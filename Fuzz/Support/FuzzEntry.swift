import Glibc

/// Which target this process tests: the one that the environment names.
private let target: any FuzzTarget.Type = {
    switch getenv("FUZZ_TARGET").map({ String(cString: $0) }) {
    case "request": RequestFuzz.self
    case "chunked": ChunkedFuzz.self
    case "conditions": ConditionsFuzz.self
    case "encoding": EncodingFuzz.self
    case "path": PathFuzz.self
    default: fatalError("FUZZ_TARGET must name a target.")
    }
}()

/// libFuzzer's way in, called with one input after another.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    target.check(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
