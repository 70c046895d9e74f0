package import Segmenter

extension ClipArchive {
    /// What has become of one camera's order.
    private enum Outcome {
        /// A clip of its own has begun; its row is still to come.
        case begun(ClipRecorder, Clip)
        /// A clip that was being recorded is longer now; so shall its row be.
        case lengthened(Clip)
        case refused(ArchiveError)
    }

    /// Does `work`, unless a request of this key was accepted within a day: then its answer holds.
    ///
    /// Requests of one key take turns, so that the second finds what became of the first.
    package nonisolated func once(
        _ key: IdempotencyKey?,
        now: Timestamp = .now(),
        _ work: () async throws -> TriggerAnswer
    ) async throws -> TriggerAnswer {
        guard let key else { return try await work() }
        return try await keyTurns.run(of: [key.text]) {
            if let known = try await reader.answer(for: key, at: now) { return known }
            return try await work()
        }
    }

    /// Accepts a request: when this returns, all its rows are committed in one transaction, and what
    /// there is of its windows is frozen.
    ///
    /// The post-roll follows in the background. Of several cameras those that can serve do; when none
    /// can, the first one's error is thrown.
    package func trigger(
        _ request: TriggerRequest,
        now: Timestamp = .now()
    ) async throws(ArchiveError) -> TriggerAnswer {
        // Those that look at other clips must see what came just before them.
        let watched = request.orders.filter { $0.trigger.overlap != .separate }
        return try await cameraTurns.run(of: watched.map(\.trigger.camera)) {
            () async throws(ArchiveError) in try await accept(request, now)
        }
    }

    private func accept(
        _ request: TriggerRequest,
        _ now: Timestamp
    ) async throws(ArchiveError) -> TriggerAnswer {
        var outcomes = await sideBySide(request.orders) { await self.take($0, now) }
        do throws(ArchiveError) {
            let answer: TriggerAnswer
            do throws(ArchiveError) {
                answer = try await commit(outcomes, of: request, now)
            } catch .notFound {
                // The clip to be lengthened has been deleted meanwhile.
                for (index, outcome) in outcomes.enumerated() {
                    guard case .lengthened = outcome else { continue }
                    let order = request.orders[index]
                    outcomes[index] = await begin(order, newClip(for: order, now))
                }
                answer = try await commit(outcomes, of: request, now)
            }
            FaultPoint.committed.reach()
            // First of all: whoever deletes one of these clips must find its recorder.
            for case .begun(let recorder, let clip) in outcomes {
                start(recorder, clip)
                beginning[clip.id] = nil
            }
            for (order, outcome) in zip(request.orders, outcomes) {
                if case .begun = outcome { continue }
                await order.footage.close()
            }
            return answer
        } catch {
            for (order, outcome) in zip(request.orders, outcomes) {
                await order.footage.close()
                guard case .begun(_, let clip) = outcome else { continue }
                beginning[clip.id] = nil
                layout.staging(clip.id).removeAll()
                ledger.release(clip.id)
            }
            throw error
        }
    }

    /// Lengthens a clip, refuses, or begins a clip, as the trigger's `overlap` says.
    private func take(_ order: TriggerRequest.Order, _ now: Timestamp) async -> Outcome {
        if workshop.isClosing.isRaised { return .refused(.shuttingDown) }
        let clip = newClip(for: order, now)
        let running = recordings.lazy.filter { _, recording in
            recording.camera == clip.camera && !recording.recorder.isOver.isRaised
        }.map { Overlap.Running(id: $0, window: $1.window) }
        let verdict = order.trigger.overlap.verdict(
            on: clip.window,
            beside: running,
            longest: maxClipDuration
        )
        switch verdict {
        case .separate:
            return await begin(order, clip)
        case .reject(let id):
            return .refused(.overlapping(id: id))
        case .extend(let id):
            do throws(ArchiveError) {
                try await reserveRoom(for: clip, bitRate: order.trigger.bitRate)
                guard let longer = try await recordings[id]?.recorder.lengthen(by: clip) else {
                    // It has come to its end just now.
                    return await begin(order, clip)
                }
                ledger.release(clip.id)
                let reservation = Reservation(for: longer, bitRate: order.trigger.bitRate)
                ledger.hold(reservation, for: id)
                recordings[id]?.window = longer.window
                return .lengthened(longer)
            } catch {
                ledger.release(clip.id)
                return .refused(error)
            }
        }
    }

    private func newClip(for order: TriggerRequest.Order, _ now: Timestamp) -> Clip {
        Clip(for: order.trigger, id: UUIDv7.make(at: now), createdAt: now)
    }

    private func begin(_ order: TriggerRequest.Order, _ clip: Clip) async -> Outcome {
        do throws(ArchiveError) {
            try await reserveRoom(for: clip, bitRate: order.trigger.bitRate)
            let recorder = ClipRecorder(clip, footage: order.footage, workshop: workshop)
            try await recorder.begin()
            return .begun(recorder, await recorder.clip)
        } catch {
            layout.staging(clip.id).removeAll()
            ledger.release(clip.id)
            return .refused(error)
        }
    }

    private func commit(
        _ outcomes: [Outcome],
        of request: TriggerRequest,
        _ now: Timestamp
    ) async throws(ArchiveError) -> TriggerAnswer {
        var clips: [AcceptedClip] = []
        var refusals: [(camera: String, error: ArchiveError)] = []
        for (order, outcome) in zip(request.orders, outcomes) {
            switch outcome {
            case .begun(let recorder, let clip):
                clips.append(.new(clip))
                beginning[clip.id] = recorder
            case .lengthened(let clip): clips.append(.lengthened(clip))
            case .refused(let error): refusals.append((order.trigger.camera, error))
            }
        }
        if clips.isEmpty, let first = refusals.first { throw first.error }
        let trigger = request.orders[0].trigger
        let answer = TriggerAnswer(
            incident: trigger.incident,
            timestamp: trigger.at.wholeMilliseconds,
            clips: [],
            refused: request.refusals
                + refusals.map { .init(camera: $0.camera, detail: request.explain($0.error)) }
        )
        return try await writer.accept(clips, answering: answer, key: request.key, at: now)
    }

    private func sideBySide(
        _ orders: [TriggerRequest.Order],
        _ work: @escaping @Sendable (TriggerRequest.Order) async -> Outcome
    ) async -> [Outcome] {
        await withTaskGroup(of: (Int, Outcome).self) { group in
            for (index, order) in orders.enumerated() {
                group.addTask { (index, await work(order)) }
            }
            var outcomes = [Outcome?](repeating: nil, count: orders.count)
            for await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes.compactMap(\.self)
        }
    }

    func start(_ recorder: ClipRecorder, _ clip: Clip) {
        let task = Task {
            await recorder.run()
            finished(clip.id)
        }
        recordings[clip.id] = Recording(
            recorder: recorder,
            task: task,
            camera: clip.camera,
            window: clip.window
        )
    }

    private func finished(_ id: String) {
        recordings[id] = nil
        ledger.release(id)
        // Not waited for: retention may be waiting for this very task, to delete its clip.
        Task { await retain() }
    }
}
