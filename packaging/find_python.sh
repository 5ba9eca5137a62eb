#!/usr/bin/env bash
# Prints the Python that the virtual environment is to be made with: the newest of 3.13, 3.12 and 3.11 that can make one.
# On Debian, where that takes a system package, it installs it.
set -u

here=$(dirname "$0")

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null && fits "$name"; then
            [ -n "${1:-}" ] && ! "$name" -c "import $1" 2>/dev/null && continue
            command -v "$name"
            return
        fi
    done
    return 1
}

find_python ensurepip && exit

# Debian keeps what makes virtual environments in a package of its own, and a small system has no Python at all.
if python=$(find_python); then
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    case $python in
        /usr/bin/*) "$here/system_packages.sh" "$version-venv" >&2 && find_python ensurepip && exit ;;
    esac
    echo "$python cannot make virtual environments: it comes without ensurepip; on Debian install $version-venv." >&2
    exit 1
fi
if ! command -v python3 >/dev/null; then
    "$here/system_packages.sh" python3 python3-venv >&2 && find_python ensurepip && exit
fi
found=$(python3 --version 2>/dev/null || echo "no python3")
echo "Python 3.11, 3.12 or 3.13 is needed (TensorFlow has no packages for others). Found: $found." >&2
exit 1
