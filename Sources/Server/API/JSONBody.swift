import Archive
import HTTP

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// JSON in requests and responses (RFC 8259).
enum JSONBody {
    private static let limit = 64 << 10

    /// The decoder's work grows with more than the square of the depth.
    private static let depthLimit = 32

    /// The JSON object in a request's body; an empty body is an empty object.
    ///
    /// - Parameters:
    ///   - types: the media types that it may have.
    ///   - hint: the header field that names these in the answer to another type.
    static func object(
        of request: Request,
        types: [String] = ["application/json"],
        hint: String = "Accept"
    ) async throws(HTTPError) -> [String: JSONValue] {
        let bytes = try await request.body.collect(upTo: limit)
        if bytes.isEmpty { return [:] }
        let type = (request.headers["Content-Type"] ?? "").prefix { $0 != ";" }
        guard let type = type.lowercased().split(separator: " ").first,
            types.contains(String(type))
        else {
            throw HTTPError(
                .unsupportedMediaType,
                "Send the body with \"Content-Type: \(types[0])\", or no body at all.",
                headers: [hint: types.joined(separator: ", ")]
            )
        }
        guard JSONDepth.of(bytes) <= depthLimit else {
            throw HTTPError(.badRequest, "The body is nested more than \(depthLimit) levels deep.")
        }
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
            throw HTTPError(.badRequest, "The body is not valid JSON.")
        }
        guard case .object(let fields) = value else {
            throw HTTPError(.badRequest, "The body must be a JSON object: {…}.")
        }
        return fields
    }

    /// A response of `status` with `value` as its body.
    static func response(
        _ status: Status,
        _ value: some Encodable,
        headers: HeaderFields = [:],
        contentType: String = "application/json"
    ) throws -> Response {
        var headers = headers
        headers["Content-Type"] = contentType
        // Every answer is of this moment.
        headers["Cache-Control"] = "no-store"
        return Response(status: status, headers: headers, body: .bytes(try bytes(value)))
    }

    /// A value as the API writes it.
    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}
