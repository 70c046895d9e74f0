extension Connection {
    /// Reads on in a request's head; answers whether another step may follow.
    func stepHead(since: UInt64?, requests: inout Int) -> Bool {
        if parseHead(&requests) || receive() { return true }
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

    /// Answers whether the phase has changed.
    private func parseHead(_ requests: inout Int) -> Bool {
        if input.isEmpty { return false }
        let bytes = input.bytes
        var position = input.start
        do {
            let head = try parser.parse(bytes.span, position: &position)
            input.consume(upTo: position)
            guard let head else { return false }
            requests += 1
            start(head)
        } catch {
            refuse(error)
        }
        return true
    }

    /// Answers what can't be understood, and ends the connection: its framing is lost.
    func refuse(_ error: HTTPError) {
        _ = write(
            context.errors.renderError(error, nil),
            method: nil,
            version: .http11,
            keepsAlive: false
        )
        phase = .finishing(lingers: true)
    }

    /// Starts the handler in a task that stays on this thread as far as the handler lets it.
    private func start(_ head: RequestHead) {
        let exchange = Exchange(head, limits: context.limits.parser)
        phase = .exchange(exchange)
        let connection = LoopBound(self, loop: reactor.loop)
        let request = Request(
            head: head,
            body: Self.body(head.framing, of: connection),
            remoteAddress: remoteAddress
        )
        reactor.taskStarted()
        exchange.task = Task.immediate(executorPreference: reactor.loop) { [context] in
            let response = await context.errors.response(to: request, from: context.handler)
            await connection.answer(with: response)
            connection.value.reactor.taskEnded()
        }
    }

    private static func body(
        _ framing: BodyFraming,
        of connection: LoopBound<Connection>
    ) -> RequestBody {
        let length: Int?
        switch framing {
        case .none: return .empty
        case .sized(let size): length = size
        case .chunked: length = nil
        }
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
            return receive()
        }
        return true
    }

    /// What is here of the body; a failure is kept for later.
    func decodeBody(_ exchange: Exchange) -> [UInt8] {
        var piece: [UInt8] = []
        let bytes = input.bytes
        let start = input.start
        do {
            let unread = bytes.span.extracting(start..<bytes.count)
            let count = try exchange.decoder.decode(unread, into: &piece)
            input.consume(upTo: start + count)
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
