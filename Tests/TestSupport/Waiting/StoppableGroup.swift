/// Several running things that are stopped together.
package final class StoppableGroup: Stoppable {
    private let members: [any Stoppable]

    package init(_ members: [any Stoppable]) {
        self.members = members
    }

    package func stop() async {
        await withTaskGroup { group in
            for member in members {
                group.addTask { await member.stop() }
            }
        }
    }
}
