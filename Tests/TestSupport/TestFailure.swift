/// Why a helper of the tests could not do what it was asked, in words for the test's log.
package struct TestFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
