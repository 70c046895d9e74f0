import Foundation

extension Double {
    /// The number with a fixed count of decimals.
    func decimals(_ count: Int) -> String {
        String(format: "%.\(count)f", self)
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double { self / .seconds(1) }

    /// In milliseconds.
    var milliseconds: Double { self / .milliseconds(1) }
}
