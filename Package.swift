// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "hindsight",
    products: [
        .executable(name: "hindsight", targets: ["Server"])
    ],
    targets: [
        // Header-only: what Glibc's module map leaves out, and libsqlite3.
        .systemLibrary(name: "CLinux"),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),

        // Arrows point down only: Server → HTTP, Archive → Segmenter.
        .target(name: "HTTP", dependencies: ["CLinux"], swiftSettings: settings),
        .target(name: "Segmenter", dependencies: ["CLinux"], swiftSettings: settings),
        .target(
            name: "Archive",
            dependencies: ["Segmenter", "CSQLite", "CLinux"],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Server",
            dependencies: ["HTTP", "Archive", "Segmenter", "CLinux"],
            swiftSettings: settings
        ),

        .executableTarget(
            name: "Benchmarks",
            dependencies: ["Archive", "Segmenter", "TestSupport", "CLinux", "CSQLite"],
            path: "Benchmarks",
            exclude: ["README.md", "http"],
            swiftSettings: settings
        ),

        .target(
            name: "TestSupport",
            path: "Tests/TestSupport",
            exclude: ["cameras", "filesystems"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "HTTPTests",
            dependencies: ["HTTP", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SegmenterTests",
            dependencies: ["Segmenter", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ArchiveTests",
            dependencies: ["Archive", "Segmenter", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: ["Server", "TestSupport"],
            swiftSettings: settings
        ),
    ],
    swiftLanguageModes: [.v6]
)
