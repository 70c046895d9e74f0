import Foundation
import TestSupport

/// Whether rings stay within their length, and the disk's use flat.
struct PruneBenchmark {
    private static let cameras = 3
    private static let interval = Duration.seconds(10)

    /// From when on the rings are full.
    let length: Duration

    /// How the rings stood at one moment.
    private struct Look {
        let seconds: Double
        let segments: Int
        let indexed: Double
        let onDisk: Double
    }

    func run() async throws {
        try await withStopping(try await Rig.start(cameras: Self.cameras)) { rig in
            try await rig.waitUntilFull()
            let start = ContinuousClock.now
            var table = Table(
                "prune: the longest of \(Self.cameras) rings, and what all take",
                columns: ["after s", "ring s", "segments", "indexed MB", "on disk MB"]
            )
            var looks: [Look] = []
            while case let time = ContinuousClock.now - start, time < length {
                let look = try await look(rig)
                looks.append(look)
                table.add(
                    time.seconds.decimals(0),
                    [
                        look.seconds.decimals(1), "\(look.segments)", look.indexed.decimals(1),
                        look.onDisk.decimals(1),
                    ]
                )
                try await Task.sleep(for: Self.interval)
            }
            table.show()
            let longest = Sample(looks.map(\.seconds)).largest
            let disk = Sample(looks.map(\.onDisk))
            print(
                "\n  longest ring: \(longest.decimals(1)) s "
                    + "(aim: at most \(Rig.longestRing.decimals(0)) s)"
            )
            print(
                "  disk use: median \(disk.median.decimals(1)) MB, "
                    + "at most \((disk.largest / disk.median).decimals(2)) of that"
            )
        }
    }

    private func look(_ rig: Rig) async throws -> Look {
        let rings = try await rig.cameraStates().map(\.ring)
        // A file that is deleted meanwhile makes du complain, and that is fine.
        let path = rig.storage.appending(path: "ring").path
        let output = try await ChildProcess.run("du", ["-s", "--block-size=1", path])
        guard let bytes = output.text.split(separator: "\t").first.flatMap({ Double($0) }) else {
            throw TestFailure("du: \(output.errorText)")
        }
        return Look(
            seconds: rings.map(\.duration).max() ?? 0,
            segments: rings.map(\.segments).max() ?? 0,
            indexed: Double(rings.map(\.bytes).reduce(0, +)) / 1_000_000,
            onDisk: bytes / 1_000_000
        )
    }
}
