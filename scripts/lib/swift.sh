# shellcheck shell=bash
# Finding a Swift toolchain that is new enough. To be sourced by bash scripts.

# Fails with a clear message unless `swift` is there and at least version 6.3.
require_swift() {
    local needed=6.3 found
    if ! command -v swift >/dev/null; then
        echo "Swift is missing. Hindsight needs Swift $needed or newer: https://swift.org/install" >&2
        return 1
    fi
    found="$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+(\.[0-9]+)*).*/\1/p')"
    if [[ "$(printf '%s\n' "$needed" "$found" | sort --version-sort | head -n 1)" != "$needed" ]]; then
        echo "Swift ${found:-of an unknown version} is too old. Hindsight needs Swift $needed" \
            "or newer: https://swift.org/install" >&2
        return 1
    fi
}

# Builds for release, into .build/release; arguments go to `swift build`.
#
# The Swift runtime is linked in where the toolchain has it as static libraries: the program then needs
# no toolchain where it runs, and a request costs less (docs/decisions.md).
build_release() {
    local -a link=()
    [[ -d "$(dirname "$(realpath "$(command -v swift)")")/../lib/swift_static" ]] && link=(--static-swift-stdlib)
    swift build -c release "${link[@]}" "$@"
}
