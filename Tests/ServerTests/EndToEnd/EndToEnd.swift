import Testing

/// Tests of the whole program, one after the other: each has a server, cameras and ffmpeg to itself.
@Suite("End to end", .serialized)
enum EndToEnd {}
