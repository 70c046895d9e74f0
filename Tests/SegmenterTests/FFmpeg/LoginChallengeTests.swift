import Testing

@testable import Segmenter

@Suite("Login challenge")
struct LoginChallengeTests {
    private static let modern =
        "[rtsp @ 0x5] [trace] line='WWW-Authenticate: Digest realm=\"c\", algorithm=SHA-256, nonce=\"a\"'"
    private static let classic =
        "[http @ 0x5] [trace] header='WWW-Authenticate: Digest realm=\"c\", nonce=\"a\"'"
    private static let answer =
        "Authorization: Digest username=\"viewer\", realm=\"c\", nonce=\"a\""

    @Test("A login that ffmpeg does not answer is not called a wrong password")
    func unknownAlgorithm() throws {
        let reason = LoginChallenge(trace: [Self.modern, Self.modern]).reason(hasUser: true)
        #expect(try #require(reason).contains("SHA-256"))
        #expect(try #require(reason).contains("whatever the password"))
    }

    @Test("One that it has answered in vain is")
    func wrongPassword() {
        let traces = [[Self.classic, Self.answer, Self.classic], [Self.modern, Self.answer]]
        for trace in traces {
            #expect(LoginChallenge(trace: trace).reason(hasUser: true) == nil)
        }
    }

    @Test("A URL without a user name wants one")
    func noUser() {
        let reason = LoginChallenge(trace: [Self.classic]).reason(hasUser: false)
        #expect(reason == "the camera asks for a user name and password: put them into its URL")
        #expect(LoginChallenge(trace: []).reason(hasUser: false) == nil)
    }
}
