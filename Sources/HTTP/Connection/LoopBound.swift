/// A value that belongs to one event loop, carried through code that may run anywhere.
///
/// Sound although the value isn't Sendable: it is made on the loop's thread, and reached, which
/// is checked, only there.
struct LoopBound<Value>: @unchecked Sendable {
    let loop: EventLoop
    private let wrapped: Value

    init(_ value: Value, loop: EventLoop) {
        precondition(loop.isCurrent, "made on another thread than its loop's")
        wrapped = value
        self.loop = loop
    }

    var value: Value {
        precondition(loop.isCurrent, "used on another thread than its loop's")
        return wrapped
    }
}
