import HTTP

/// The status an expression's error is answered with, nil if it throws none.
func status<Result>(_ body: () throws -> Result) -> Int? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? HTTPError)?.status.code
    }
}
