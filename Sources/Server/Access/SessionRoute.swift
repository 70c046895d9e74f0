import Archive
import HTTP

/// `POST /api/session`: a browser shows a key once and gets a cookie for it.
struct SessionRoute: Sendable {
    let keys: APIKeys
    let sessions: Sessions

    func begin(_ request: Request) async throws -> Response {
        let fields = try await JSONBody.object(of: request)
        guard case .string(let key)? = fields["key"], fields.count == 1 else {
            throw HTTPError(.badRequest, "Send {\"key\": \"…\"}, and nothing else.")
        }
        guard keys.isEmpty || keys.contains(key) else {
            throw HTTPError(
                .unauthorized,
                "This is not one of the server's keys.",
                headers: ["WWW-Authenticate": "Bearer realm=\"hindsight\""]
            )
        }
        // Not Secure: on a local network the server is usually reached by plain HTTP.
        let cookie =
            "\(Sessions.cookieName)=\(sessions.begin(with: key)); Path=/; HttpOnly; SameSite=Strict"
        return Response(status: .noContent, headers: ["Set-Cookie": cookie])
    }
}
