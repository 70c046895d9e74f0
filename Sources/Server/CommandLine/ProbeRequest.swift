/// What `hindsight probe` is asked for.
struct ProbeRequest: Equatable {
    private static let lengths = 1.0...3600

    /// A camera as CAMERA_SOURCE or a URL names it, or the id of one that is configured.
    private(set) var target: String
    /// How long to record; nil: until the essentials are known.
    private(set) var seconds: Double?
    private(set) var wantsJSON = false
    private(set) var settings: [String: String] = [:]

    init(
        target: String,
        seconds: Double? = nil,
        wantsJSON: Bool = false,
        settings: [String: String] = [:]
    ) {
        self.target = target
        self.seconds = seconds
        self.wantsJSON = wantsJSON
        self.settings = settings
    }

    /// Reads the arguments after `probe`.
    init(arguments: [String]) throws(UsageError) {
        self.init(target: "")
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--json" {
                wantsJSON = true
            } else if argument == "--seconds" {
                guard let text = rest.popFirst(), let value = Double(text),
                    Self.lengths.contains(value)
                else {
                    throw UsageError("--seconds takes a number from 1 to 3600")
                }
                seconds = value
            } else if argument.hasPrefix("-") {
                throw UsageError("\(argument) is no option of probe; see hindsight --help")
            } else if target.isEmpty {
                // A URL may hold an equals sign: what comes first is the camera.
                target = argument
            } else {
                let (name, value) = try Command.setting(argument)
                settings[name] = value
            }
        }
        guard !target.isEmpty else {
            throw UsageError("probe needs a camera: a URL, a device, a video file, or test")
        }
    }
}
