import Testing

/// Tests of the whole program that mostly wait for footage: each has a server to itself, and several of
/// them run at once.
@Suite("End to end, side by side")
enum SideBySide {}
