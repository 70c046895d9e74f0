import Testing

/// Tests of the whole program that compute much or measure, one after the other: each has a server,
/// cameras and the machine to itself.
@Suite("End to end", .serialized)
enum EndToEnd {}
