/// The Date field's line, made anew only once a second.
struct DateField {
    private var seconds = Int.min
    private var line: [UInt8] = []

    mutating func bytes(at now: Int) -> [UInt8] {
        if now != seconds {
            seconds = now
            line = Array("Date: \(HTTPDate.format(now))\r\n".utf8)
        }
        return line
    }
}
