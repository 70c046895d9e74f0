/// What a camera that refuses a login has asked for, read from ffmpeg's trace of the conversation.
///
/// ffmpeg's own words are the same for a wrong password and for a login that it does not know how to answer.
struct LoginChallenge: Sendable, Hashable {
    private static let limit = Duration.seconds(10)

    /// The fields `WWW-Authenticate` (RFC 9110 §11.6.1, RFC 2326 §12.44), as they came.
    private let challenges: [String]
    /// ffmpeg has sent an answer to one of them.
    private let isAnswered: Bool

    /// - Parameter trace: ffmpeg's log at the level `trace`.
    init(trace: [String]) {
        challenges = trace.compactMap(Self.challenge)
        isAnswered = trace.contains(where: Self.isAnswer)
    }

    /// `line='WWW-Authenticate: …'` of RTSP, `header='…'` of HTTP.
    private static func challenge(in line: String) -> String? {
        line.contains("='") ? value(of: "www-authenticate: ", in: line) : nil
    }

    private static func isAnswer(_ line: String) -> Bool {
        value(of: "authorization: ", in: line) != nil
    }

    /// Why a login was refused, where ffmpeg's words tell too little; connects once more to find out.
    ///
    /// - Parameter reason: why ffmpeg failed; nil is given back at once unless a login was refused.
    static func explain(
        _ reason: String,
        of source: CameraSource,
        ffmpeg: FFmpeg
    ) async -> String? {
        guard reason.hasPrefix(FailureReason.loginRefused) else { return nil }
        return await ask(source, ffmpeg: ffmpeg)?.reason(hasUser: source.hasUser)
    }

    /// Connects once more, and listens closely.
    private static func ask(_ source: CameraSource, ffmpeg: FFmpeg) async -> LoginChallenge? {
        let input = RecordingArguments.input(
            CameraConfiguration(id: "login", source: source),
            RecordingPlan(guessing: source)
        )
        let outcome = try? await ffmpeg.run(
            ["-loglevel", "trace"] + input + ["-t", "0", "-f", "null", "-"],
            limit: limit,
            // A trace has a line for each character of an answer.
            where: { challenge(in: $0) != nil || isAnswer($0) }
        )
        return outcome.map { LoginChallenge(trace: $0.log) }
    }

    /// Why the login was refused, and what to do; nil if it is the user name or the password.
    ///
    /// - Parameter hasUser: the camera's URL holds a user name.
    func reason(hasUser: Bool) -> String? {
        guard !challenges.isEmpty else { return nil }
        if !hasUser {
            return "the camera asks for a user name and password: put them into its URL"
        }
        guard !isAnswered else { return nil }
        let algorithms = challenges.compactMap { Self.value(of: "algorithm=", in: $0) }
        let kind = algorithms.first.map { "a digest by \($0)" } ?? "a kind of login"
        return "the camera asks for \(kind) that this ffmpeg does not know, whatever the password: "
            + "allow digest by MD5, or basic, in the camera's settings, or update ffmpeg"
    }

    /// What follows a name, up to a quote, comma or the end.
    private static func value(of name: String, in text: String) -> String? {
        let lower = text.lowercased()
        guard let range = lower.firstRange(of: name) else { return nil }
        let start = lower.distance(from: lower.startIndex, to: range.upperBound)
        let rest = text.dropFirst(start)
        guard name.hasSuffix("=") else { return String(rest) }
        return String(rest.drop { $0 == "\"" }.prefix { !"\", '".contains($0) })
    }
}
