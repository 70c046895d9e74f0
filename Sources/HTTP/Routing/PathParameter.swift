/// A type that is read from one part of a path.
package protocol PathParameter {
    /// Reads a part, percent-decoded; nil if it is none of this type.
    init?(pathPart: String)

    /// What to tell a client when it is none: there is nothing at such a path.
    static var absence: String { get }
}

extension PathParameter {
    package static var absence: String { "There is nothing at this address." }
}

extension String: PathParameter {
    package init?(pathPart: String) { self = pathPart }
}

extension Int: PathParameter {
    package init?(pathPart: String) { self.init(pathPart) }
}
