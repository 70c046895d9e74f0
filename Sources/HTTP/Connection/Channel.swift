/// Something with a descriptor that a reactor watches; used on its reactor's thread only.
protocol Channel: AnyObject {
    /// Called when epoll(7) reports events.
    func ready(_ events: UInt32)

    /// Called in the turn after the channel asked to be.
    func resume()

    /// Called now and then, for time limits.
    func sweep(now: UInt64)

    /// Called when the server stops: finish what is under way and unregister.
    func drain()

    /// Called when the server won't wait any longer: unregister at once.
    func close()
}
