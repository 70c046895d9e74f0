extension Connection {
    /// Reads on in a request's head; answers whether another step may follow.
    func stepHead(since: UInt64?, requests: inout Int) -> Bool {
        if !input.isEmpty {
            // What an earlier read left over, perhaps a whole request.
            var position = 0
            let bytes = input.bytes
            let result = Result { () throws(HTTPError) in
                try parser.parse(bytes.bindMemory(to: UInt8.self).span, position: &position)
            }
            input.consume(position)
            if input.isEmpty { input = ByteBuffer() }
            if finishHead(result, since: since, &requests) { return true }
        }
        if let received = receive() {
            if received.isEmpty { return true }
            guard input.isEmpty else {
                input.append(received)
                return true
            }
            var position = 0
            let result = Result { () throws(HTTPError) in
                try parser.parse(received.bindMemory(to: UInt8.self).span, position: &position)
            }
            // Before the handler runs, for the scratch memory is everyone's.
            input.append(UnsafeRawBufferPointer(rebasing: received[position...]))
            _ = finishHead(result, since: since, &requests)
            return true
        }
        if case .closed = phase { return false }
        if inputEnded {
            // What there is of a head can't become a request any more.
            phase = .finishing(lingers: false)
        } else {
            let isUnderWay = !input.isEmpty || parser.isUnderWay || since != nil
            phase = .head(since: isUnderWay ? since ?? reactor.now : nil)
        }
        return false
    }

    /// Answers whether the head was complete, or hopeless.
    private func finishHead(
        _ result: Result<RequestHead?, HTTPError>,
        since: UInt64?,
        _ requests: inout Int
    ) -> Bool {
        switch result {
        case .success(nil):
            return false
        case .success(let head?):
            requests += 1
            start(head, since: since ?? reactor.now)
        case .failure(let error):
            ledger?.begin(nil, since: since ?? reactor.now)
            refuse(error)
        }
        return true
    }

    /// Answers what can't be understood, and ends the connection: its framing is lost.
    func refuse(_ error: HTTPError) {
        let response = context.chain.response(to: error)
        _ = write(response, method: parser.method, version: .http11, keepsAlive: false)
        ledger?.end(at: output.written)
        phase = .finishing(lingers: true)
    }

    /// Answers a request: at once if that can be, else in a task that stays on this thread as far
    /// as the handler lets it.
    private func start(_ head: RequestHead, since: UInt64) {
        if case .none = head.framing {
            let request = Request(head: head, body: .empty, peer: peer)
            ledger?.begin(request, since: since)
            let answer = context.chain.answer(to: request)
            if case .now(let response) = answer, !response.body.isStream {
                respond(response, to: head)
            } else {
                run(answer, in: Exchange(head, limits: context.limits.parser))
            }
        } else {
            let exchange = Exchange(head, limits: context.limits.parser)
            phase = .exchange(exchange)
            let request = Request(head: head, body: body(head.framing), peer: peer)
            ledger?.begin(request, since: since)
            run(context.chain.answer(to: request), in: exchange)
        }
    }

    private func run(_ answer: Answer<Never>, in exchange: Exchange) {
        phase = .exchange(exchange)
        let connection = LoopBound(self, loop: reactor.loop)
        reactor.taskStarted()
        exchange.task = Task.immediate(executorPreference: reactor.loop) {
            await connection.send(answer)
            connection.value.reactor.taskEnded()
        }
    }

    private func body(_ framing: BodyFraming) -> RequestBody {
        let length: Int?
        switch framing {
        case .none: return .empty
        case .sized(let size): length = size
        case .chunked: length = nil
        }
        let connection = LoopBound(self, loop: reactor.loop)
        return RequestBody(length: length) {
            await withCheckedContinuation { waiter in
                connection.loop.execute { connection.value.readBody(for: waiter) }
            }
        }
    }

    /// Gives the handler the next piece of the body as soon as there is one.
    private func readBody(for waiter: CheckedContinuation<Result<[UInt8]?, HTTPError>, Never>) {
        guard case .exchange(let exchange) = phase, exchange.bodyWaiter == nil else {
            let error = HTTPError(.badRequest, "The body can't be read any more.")
            waiter.resume(returning: .failure(error))
            return
        }
        exchange.bodyWaiter = waiter
        // The handler's own time is not the client's.
        noteProgress()
        if exchange.expectsContinue {
            exchange.expectsContinue = false
            if input.isEmpty { output.append(ResponseEncoder.continueResponse) }
        }
        advance()
    }

    /// Reads on in a body someone waits for; answers whether another step may follow.
    func stepBody(_ exchange: Exchange) -> Bool {
        if let error = exchange.bodyFailure {
            exchange.resumeBody(.failure(error))
            return true
        }
        let piece = decodeBody(exchange)
        if !piece.isEmpty {
            exchange.resumeBody(.success(piece))
        } else if exchange.decoder.isComplete {
            exchange.resumeBody(.success(nil))
        } else if exchange.bodyFailure != nil {
            return true
        } else if inputEnded {
            failBody(of: exchange, HTTPError(.badRequest, "The body broke off."))
        } else {
            guard let received = receive() else { return false }
            input.append(received)
        }
        return true
    }

    /// What is here of the body; a failure is kept for later.
    func decodeBody(_ exchange: Exchange) -> [UInt8] {
        var piece: [UInt8] = []
        let bytes = input.bytes
        do {
            let unread = bytes.bindMemory(to: UInt8.self).span
            input.consume(try exchange.decoder.decode(unread, into: &piece))
            if input.isEmpty { input = ByteBuffer() }
        } catch {
            exchange.bodyFailure = error
        }
        return piece
    }

    func failBody(of exchange: Exchange, _ error: HTTPError) {
        exchange.bodyFailure = error
        exchange.resumeBody(.failure(error))
    }
}
