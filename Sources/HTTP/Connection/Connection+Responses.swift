extension Connection {
    /// Answers a request that has no body with a response that is no stream.
    func respond(_ response: Response, to head: RequestHead) {
        let framing = write(
            response,
            method: head.method,
            version: head.version,
            keepsAlive: head.keepsAlive
        )
        endResponse(keepsAlive: framing.keepsAlive, isInputRead: input.isEmpty)
    }

    /// Begins the response to the exchange under way; answers whether a stream is to follow.
    func begin(_ response: Response) -> Bool {
        guard case .exchange(let exchange) = phase else { return false }
        // A body that is here already needn't cost the connection; one still to come does.
        while !exchange.decoder.isComplete, exchange.bodyFailure == nil, !input.isEmpty {
            _ = decodeBody(exchange)
        }
        let framing = write(
            response,
            method: exchange.method,
            version: exchange.version,
            keepsAlive: exchange.keepsAlive && exchange.decoder.isComplete
        )
        exchange.framing = framing
        if case .stream(let length, _) = response.body {
            if case .none = framing.content {
            } else {
                exchange.owed = length ?? 0
                return true
            }
        }
        endStream(isWhole: true)
        return false
    }

    /// Writes a response's head, and its content unless that is a stream.
    func write(
        _ response: Response,
        method: Method?,
        version: HTTPVersion,
        keepsAlive: Bool
    ) -> ResponseFraming {
        noteProgress()
        let closes = context.isDraining || response.headers.hasToken("close", in: "Connection")
        let framing = ResponseFraming(
            status: response.status,
            bodyLength: response.body.length,
            method: method,
            version: version,
            keepsAlive: keepsAlive && !closes
        )
        let encoder = ResponseEncoder(
            version: version,
            dateField: reactor.dateField.bytes(at: HTTPDate.now),
            serverField: context.serverField
        )
        output.write { buffer in
            encoder.encode(
                status: response.status,
                headers: response.headers,
                framing: framing,
                into: &buffer
            )
        }
        ledger?.answer(response.status, bodyStart: output.written)
        if case .none = framing.content { return framing }
        switch response.body {
        case .empty, .stream: break
        case .bytes(let bytes): output.append(bytes)
        case .file(let file, let range): output.append(file, range: range)
        case .pieces(let pieces):
            for piece in pieces {
                switch piece {
                case .bytes(let bytes): output.append(bytes)
                case .file(let file, let range): output.append(file, range: range)
                }
            }
        }
        return framing
    }

    /// Sends a piece of a streamed response; the waiter goes on when there's room for another.
    func send(_ bytes: [UInt8], waiter: CheckedContinuation<Bool, Never>) {
        guard case .exchange(let exchange) = phase, exchange.writeWaiter == nil else {
            waiter.resume(returning: false)
            return
        }
        noteProgress()
        switch exchange.framing?.content {
        case .sized:
            exchange.owed -= bytes.count
            guard exchange.owed >= 0 else {
                waiter.resume(returning: false)
                return
            }
            output.append(bytes)
        case .chunked:
            output.write { ResponseEncoder.encodeChunk(bytes, into: &$0) }
        case .untilClose:
            output.append(bytes)
        case .some(.none), nil:
            break
        }
        exchange.writeWaiter = waiter
        advance()
    }

    /// Ends the response under way; one that isn't whole takes the connection with it, for
    /// nothing else tells the client.
    func endStream(isWhole: Bool) {
        guard case .exchange(let exchange) = phase, let framing = exchange.framing else { return }
        guard isWhole, exchange.owed == 0 else {
            // An orderly end would make it look whole, where only the end says so (RFC 9112 §8).
            return framing.content == .untilClose ? reset() : close()
        }
        if framing.content == .chunked { output.append(ResponseEncoder.lastChunk) }
        endResponse(
            keepsAlive: framing.keepsAlive,
            isInputRead: exchange.decoder.isComplete && input.isEmpty
        )
        advance()
    }

    private func endResponse(keepsAlive: Bool, isInputRead: Bool) {
        ledger?.end(at: output.written)
        if keepsAlive, !context.isDraining {
            phase = .head(since: input.isEmpty ? nil : reactor.now)
        } else {
            phase = .finishing(lingers: !isInputRead)
        }
    }
}

extension LoopBound<Connection> {
    /// Sends an answer's response from its head to its end; called in the exchange's task, on the
    /// loop.
    func send(_ answer: Answer<Never>) async {
        let response = await answer.response()
        guard value.begin(response), case .stream(_, let produce) = response.body else { return }
        let writer = BodyWriter { bytes in
            await withCheckedContinuation { waiter in
                loop.execute { value.send(bytes, waiter: waiter) }
            }
        }
        do {
            try await produce(writer)
            value.endStream(isWhole: true)
        } catch {
            value.endStream(isWhole: false)
        }
    }
}
