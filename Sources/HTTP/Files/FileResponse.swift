/// Answers requests for a file: whole, in ranges, or not at all if the client has it already.
package enum FileResponse {
    /// 200, 206, 304 for GET and HEAD; throws 412 and 416 (RFC 9110 §13.2.2, §14).
    ///
    /// `headers` go out with 200, 206 and 304 alike, beside `ETag`, `Last-Modified` and
    /// `Accept-Ranges`.
    package static func respond(
        to request: Request,
        file: OpenFile,
        contentType: String,
        headers: HeaderFields = [:]
    ) throws(HTTPError) -> Response {
        let validators = file.validators
        let now = HTTPDate.now
        var headers = headers
        headers["ETag"] = validators.entityTag.text
        // A time to come would be taken for a mistake (RFC 9110 §8.8.2.1).
        headers["Last-Modified"] = HTTPDate.format(min(validators.lastModified, now))
        headers["Accept-Ranges"] = "bytes"

        let outcome = Preconditions.evaluate(
            method: request.method,
            headers: request.headers,
            validators: validators,
            now: now
        )
        switch outcome {
        case .notModified: return Response(status: .notModified, headers: headers)
        case .failed: throw HTTPError(.preconditionFailed, "The file has changed.")
        case .proceed: break
        }

        switch selection(of: request, validators: validators, size: file.size, now: now) {
        case .whole:
            headers["Content-Type"] = contentType
            let body = ResponseBody.file(file, range: 0..<file.size)
            return Response(status: .ok, headers: headers, body: body)
        case .parts(let ranges) where ranges.count == 1:
            headers["Content-Type"] = contentType
            headers["Content-Range"] = ContentRange.text(ranges[0], size: file.size)
            let body = ResponseBody.file(file, range: ranges[0])
            return Response(status: .partialContent, headers: headers, body: body)
        case .parts(let ranges):
            let message = MultipartRanges(ranges, of: file, contentType: contentType)
            headers["Content-Type"] = message.contentType
            return Response(status: .partialContent, headers: headers, body: message.body)
        case .unsatisfiable:
            throw HTTPError(
                .rangeNotSatisfiable,
                "The file has \(file.size) bytes; none of the ranges lies within.",
                headers: ["Content-Range": ContentRange.unsatisfied(size: file.size)]
            )
        }
    }

    /// Ranges are defined for GET only (RFC 9110 §14.2), and a field sent twice is malformed.
    private static func selection(
        of request: Request,
        validators: Validators,
        size: Int,
        now: Int
    ) -> RangeSelection {
        let ranges = request.headers.values(of: "Range")
        guard
            request.method == .get, ranges.count == 1,
            Preconditions.rangeApplies(headers: request.headers, validators: validators, now: now)
        else { return .whole }
        return RangeSelection(ranges[0], size: size)
    }
}
