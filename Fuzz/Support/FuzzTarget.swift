/// One kind of input, and what must be true of whatever is made of it.
protocol FuzzTarget: SendableMetatype {
    /// Stops the program if anything is wrong; libFuzzer then keeps the input.
    static func check(_ input: [UInt8])
}

/// Stops the program with a message unless the condition holds.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError(message()) }
}
