import Segmenter

/// What is to be told of a step of the system's clock.
enum ClockStepNotice {
    /// - Parameter step: by how much the clock was set forward; negative if it was set back.
    static func text(_ step: Duration) -> String {
        let tenths = (step.seconds.magnitude * 10).rounded() / 10
        return """
            the system clock was set \(step < .zero ? "back" : "forward") by \(tenths) s; \
            no footage is lost: clips under way keep the time of before, later ones have the new
            """
    }
}
