import Foundation
import TestSupport
import Testing

extension SideBySide {
    @Suite("Finding and editing clips on the page")
    struct PageSearchTests {
        @Test("Clips are searched for, locked, kept from deletion, and edited for good")
        func findAndEdit() async throws {
            try await FleetServer.run(["door", "yard"]) { fleet in
                for id in ["door", "yard"] { try await fleet.waitUntilLive(id) }
                try await fleet.server.waitForRings(of: 2)
                let parcel = try await trigger("door", "Parcel left", fleet.server)
                let cat = try await trigger("yard", "Cat", fleet.server)
                let browser = try await Browser.start()
                try await withStopping(browser) { browser in
                    try await browser.open(fleet.server.url)
                    let page = ClipsPage(browser: browser)
                    try await page.expectClips([cat, parcel])

                    try await search(on: page, fleet.server, parcel: parcel, cat: cat)
                    try await lock(parcel, on: page, fleet.server)
                    try await edit(parcel, on: page, fleet.server)
                }
            }
        }

        /// By words as they are typed, and by camera; a new clip shows up only where it belongs.
        private func search(
            on page: ClipsPage,
            _ server: HindsightServer,
            parcel: String,
            cat: String
        ) async throws {
            try await page.focus("#search-text")
            try await page.browser.type("parc")
            try await page.expectClips([parcel])
            let second = try await trigger("yard", "Second parcel", server)
            let dog = try await trigger("yard", "Dog", server)
            try await page.expectClips([second, parcel])
            // The clip that doesn't belong is on its way all the same.
            try await page.expect("!!document.querySelector('#pending [data-id=\"\(dog)\"]')")

            try await page.choose("#search-camera", "yard")
            try await page.expectClips([second])
            try await page.focus("#search-text")
            try await page.browser.type(" x")
            try await page.expectClips([])
            try await page.expect("!document.querySelector('#nothing').hidden")
            try await page.click("#search-clear")
            try await page.expectClips([dog, second, cat, parcel])
        }

        private func lock(
            _ id: String,
            on page: ClipsPage,
            _ server: HindsightServer
        ) async throws {
            let card = "#clips [data-id=\"\(id)\"]"
            try await page.expectAttribute("aria-pressed", "false", of: "\(card) .lock")
            try await page.focus("\(card) .lock")
            try await page.browser.type(" ")
            try await page.expectAttribute("aria-pressed", "true", of: "\(card) .lock")
            #expect(try await server.client.get("/api/videos?locked=true").text.contains(id))

            try await page.expectAttribute("aria-disabled", "true", of: "\(card) .delete")
            try await page.click("\(card) .delete")
            try await page.expectText(
                "Locked: unlock it before you delete it.",
                of: "\(card) .problem"
            )
            try await page.expect("!document.querySelector('#confirm').open")
            #expect(try await server.client.get("/api/videos/\(id)").status == 200)

            try await page.click("\(card) .lock")
            try await page.expectAttribute("aria-disabled", nil, of: "\(card) .delete")
            // Locked elsewhere while it is being asked about: the server refuses, and is quoted.
            try await page.click("\(card) .delete")
            let answer = try await server.client.send(
                "PATCH",
                "/api/videos/\(id)",
                headers: ["Content-Type": "application/json"],
                body: Data(#"{"locked": true}"#.utf8)
            )
            #expect(answer.status == 200)
            try await page.click("#confirm .confirm")
            try await page.expectText(
                "This clip is locked: unlock it before you delete it.",
                of: "#confirm .error"
            )
            try await page.click("#confirm .cancel")
        }

        private func edit(
            _ id: String,
            on page: ClipsPage,
            _ server: HindsightServer
        ) async throws {
            let card = "#clips [data-id=\"\(id)\"]"
            try await page.click("\(card) .edit")
            // The label has the focus: a person types, and a key that triggers elsewhere is a letter.
            let count = try await server.clips().count
            try await page.browser.type(" at the gate\u{E004}It is wet\u{E004}\u{E004}\u{E007}")
            try await page.expectText("Parcel left at the gate", of: "\(card) .title")
            try await page.expectText("It is wet", of: "\(card) .note")
            try await page.expect("document.activeElement.matches('\(card) .edit')")
            #expect(try await server.clips().count == count)

            try await page.browser.open(server.url)
            try await page.expectText("Parcel left at the gate", of: "\(card) .title")
            try await page.expectText("It is wet", of: "\(card) .note")
            try await page.expectAttribute("aria-pressed", "true", of: "\(card) .lock")

            // Given up: nothing is changed.
            try await page.click("\(card) .edit")
            try await page.browser.type("!\u{E00C}")
            try await page.expect("!document.querySelector('\(card) form')")
            try await page.expectText("Parcel left at the gate", of: "\(card) .title")
        }

        private func trigger(
            _ camera: String,
            _ label: String,
            _ server: HindsightServer
        ) async throws -> String {
            let body = #"{"camera": "\#(camera)", "label": "\#(label)", "before": 1, "after": 2}"#
            return try await server.trigger(body).id
        }
    }
}
