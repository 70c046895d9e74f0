# shellcheck shell=bash
# Installing Debian packages when they are missing. To be sourced by bash scripts.

# Prints those of the given packages that are not installed, one a line.
missing_packages() {
    local package
    for package in "$@"; do
        # shellcheck disable=SC2016 # dpkg-query expands this, not the shell.
        if [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]]; then
            echo "$package"
        fi
    done
}

# Installs those of the given packages that are missing, as root or by sudo.
# Does nothing, quickly and in silence, when all are there.
install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo "This system has no apt-get. Please install what these Debian packages hold: $*" >&2
        return 1
    fi

    local missing
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        return 0
    fi

    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing: ${missing[*]}" >&2
            echo "Install them as root: apt-get install ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi

    echo "Installing: ${missing[*]}"
    local apt_get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
        apt-get -qq -o DPkg::Lock::Timeout=300)
    "${apt_get[@]}" update || echo "Going on with the package lists that are there." >&2
    "${apt_get[@]}" install --yes --no-install-recommends "${missing[@]}" >/dev/null
}
