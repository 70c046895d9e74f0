/// Answers requests for a file: whole, in ranges, or not at all if the client has it already.
package enum FileResponse {
    /// 200, 206, 304 for GET and HEAD; throws 412 and 416 (RFC 9110 §13.2.2, §14).
    ///
    /// `headers` go out with 200, 206 and 304 alike; they name none of `ETag`, `Last-Modified` and
    /// `Accept-Ranges`.
    package static func respond(
        to request: Request,
        file: OpenFile,
        contentType: String,
        headers own: HeaderFields = [:]
    ) throws(HTTPError) -> Response {
        let validators = file.validators
        let now = HTTPDate.now
        var headers = HeaderFields()
        headers.append(contentsOf: own)
        headers.append("ETag", validators.entityTag.text)
        // A time to come would be taken for a mistake (RFC 9110 §8.8.2.1).
        headers.append("Last-Modified", HTTPDate.format(min(validators.lastModified, now)))
        headers.append("Accept-Ranges", "bytes")

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
            headers.append("Content-Type", contentType)
            let body = ResponseBody.file(file, range: 0..<file.size)
            return Response(status: .ok, headers: headers, body: body)
        case .parts(let ranges) where ranges.count == 1:
            headers.append("Content-Type", contentType)
            headers.append("Content-Range", ContentRange.text(ranges[0], size: file.size))
            let body = ResponseBody.file(file, range: ranges[0])
            return Response(status: .partialContent, headers: headers, body: body)
        case .parts(let ranges):
            let message = MultipartRanges(ranges, of: file, contentType: contentType)
            headers.append("Content-Type", message.contentType)
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
        guard
            request.method == .get, let range = request.headers["Range"],
            !request.headers.repeats("Range"),
            Preconditions.rangeApplies(headers: request.headers, validators: validators, now: now)
        else { return .whole }
        return RangeSelection(range, size: size)
    }
}
