import TestSupport

/// The page with its clips, as one who looks at it and presses what is there.
struct ClipsPage {
    let browser: Browser

    /// Waits until exactly these clips are shown, in this order.
    func expectClips(_ ids: [String]) async throws {
        let shown = "[...document.querySelectorAll('#clips > .clip')].map(c => c.dataset.id)"
        try await eventually("clips \(ids)", timeout: .seconds(20)) {
            let found: [String] = try await browser.execute("return \(shown)")
            return found == ids
        }
    }

    func expectText(_ text: String, of selector: String) async throws {
        try await expect("document.querySelector('\(selector)')?.textContent === '\(text)'")
    }

    func expectAttribute(
        _ name: String,
        _ value: String?,
        of selector: String
    ) async throws {
        let found = "document.querySelector('\(selector)')?.getAttribute('\(name)')"
        try await expect("\(found) === \(value.map { "'\($0)'" } ?? "null")")
    }

    /// Waits until a condition of the page holds.
    func expect(_ condition: String) async throws {
        try await eventually(condition, timeout: .seconds(20)) {
            try await browser.execute("return !!(\(condition))", as: Bool.self)
        }
    }

    func focus(_ selector: String) async throws {
        try await expect("!document.querySelector('\(selector)')?.closest('[hidden]')")
        try await browser.execute("document.querySelector('\(selector)').focus()")
    }

    func click(_ selector: String) async throws {
        try await browser.execute("document.querySelector('\(selector)').click()")
    }

    func choose(_ selector: String, _ value: String) async throws {
        try await browser.execute(
            """
            const [selector, value] = arguments;
            const select = document.querySelector(selector);
            select.value = value;
            select.dispatchEvent(new Event("change", { bubbles: true }));
            """,
            [selector, value]
        )
    }
}
