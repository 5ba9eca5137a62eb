#!/usr/bin/env bash
# Installs the system packages that are missing, and says which and what for. Where all are there it does and says
# nothing.
#
#   packaging/system_packages.sh GROUP...
#
#   window          what Qt is linked against
#   fonts           letters to write with, Chinese ones included; going without them is not an error
#   tests           a virtual screen and the tools that work its keyboard and mouse
#   pythonX.Y-venv  what `python -m venv` needs (any package of that form, or python3 itself)
#
# Exit status 0: all there. 1: something is missing still, and one sentence on standard error says what to do.
set -u

names=()    # missing packages
reasons=()  # what each of them is for
required=0  # how many of them nothing works without
elsewhere=  # the same for a system without apt: packages by their Fedora names
asked=("$@")

has_package() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# need REQUIRED REASON PACKAGE...: a package may be written as alternatives, one|another, the best first.
need() {
    local is_required=$1 reason=$2 alternatives name
    shift 2
    for alternatives in "$@"; do
        for name in ${alternatives//|/ }; do
            has_package "$name" && continue 2
        done
        names+=("$alternatives")
        reasons+=("$reason")
        required=$((required + is_required))
    done
}

need_group() {
    case $1 in
        window)
            # glib has two names: the second is that of Debian 13 and Ubuntu 24.04.
            need 1 "to load Qt" libdbus-1-3 libegl1 libfontconfig1 libgl1 "libglib2.0-0|libglib2.0-0t64" libx11-6 \
                libxkbcommon0
            # All that Qt's platforms/libqxcb.so is linked against.
            need 1 "to open a window" libx11-xcb1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0 \
                libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 \
                libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0
            # A screen of the newer kind, without X. Libraries of the desktop mostly bring these along.
            need 1 "to open a window under Wayland" libwayland-client0 libwayland-cursor0
            ;;
        fonts)
            need 0 "to write text" "fonts-dejavu-core|fonts-noto-core|fonts-liberation|fonts-liberation2"
            need 0 "to write Chinese" "fonts-wqy-microhei|fonts-wqy-zenhei|fonts-noto-cjk"
            ;;
        tests)
            need 1 "a screen without a screen, for tests" xvfb xauth
            need 1 "a window manager, for tests" openbox
            need 1 "keyboard, mouse and screenshots, for tests" xdotool imagemagick
            need 1 "a desktop that says whether it is dark, for tests" "dbus-daemon|dbus"
            ;;
        python3 | python*-venv)
            need 1 "to make the virtual environment" "$1"
            ;;
        *)
            echo "system_packages.sh: expected window, fonts, tests or pythonX.Y-venv. Received: $1" >&2
            exit 2
            ;;
    esac
}

has_library() {
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p; } | grep -qF "$1"
}

# Without dpkg there is nobody to ask but the linker and the search path.
need_elsewhere() {
    case $1 in
        window)
            has_library libGL.so.1 || elsewhere+=" mesa-libGL"
            has_library libEGL.so.1 || elsewhere+=" mesa-libEGL"
            has_library libdbus-1.so.3 || elsewhere+=" dbus-libs"
            has_library libfontconfig.so.1 || elsewhere+=" fontconfig"
            has_library libglib-2.0.so.0 || elsewhere+=" glib2"
            has_library libxkbcommon.so.0 || elsewhere+=" libxkbcommon"
            has_library libxkbcommon-x11.so.0 || elsewhere+=" libxkbcommon-x11"
            has_library libX11-xcb.so.1 || elsewhere+=" libX11-xcb"
            has_library libxcb-cursor.so.0 || elsewhere+=" xcb-util-cursor"
            has_library libxcb-icccm.so.4 || elsewhere+=" xcb-util-wm"
            has_library libxcb-image.so.0 || elsewhere+=" xcb-util-image"
            has_library libxcb-keysyms.so.1 || elsewhere+=" xcb-util-keysyms"
            has_library libxcb-render-util.so.0 || elsewhere+=" xcb-util-renderutil"
            ;;
        fonts) ;; # A desktop has its user's fonts.
        tests)
            command -v Xvfb xvfb-run >/dev/null || elsewhere+=" xorg-x11-server-Xvfb"
            command -v xauth >/dev/null || elsewhere+=" xorg-x11-xauth"
            command -v openbox >/dev/null || elsewhere+=" openbox"
            command -v xdotool >/dev/null || elsewhere+=" xdotool"
            command -v import >/dev/null || elsewhere+=" ImageMagick"
            ;;
        python*) elsewhere+=" python3.13" ;;
    esac
}

# The first alternative that this system's package lists know.
choose() {
    local name
    for name in ${1//|/ }; do
        # Of a name that other packages merely provide it prints nothing, and succeeds.
        if apt-cache show --no-all-versions "$name" 2>/dev/null | grep -q "^Package: $name$"; then
            echo "$name"
            return
        fi
    done
    echo "${1%%|*}"
}

choose_all() {
    local alternatives
    chosen=()
    for alternatives in "${names[@]}"; do
        chosen+=("$(choose "$alternatives")")
    done
}

say_what_for() {
    local index reason=
    for index in "${!names[@]}"; do
        if [ "${reasons[index]}" != "$reason" ]; then
            [ -n "$reason" ] && echo
            reason=${reasons[index]}
            printf '  %s:' "$reason"
        fi
        printf ' %s' "${chosen[index]}"
    done
    echo
}

if [ "$(uname -s)" != Linux ]; then
    exit 0 # Elsewhere Qt brings all it needs.
fi

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    for group in "${asked[@]}"; do
        need_elsewhere "$group"
    done
    [ -z "$elsewhere" ] && exit 0
    echo "This system has no apt-get, so please install what is missing yourself; on Fedora: dnf install$elsewhere" >&2
    exit 1
fi

for group in "${asked[@]}"; do
    need_group "$group"
done
[ ${#names[@]} -eq 0 ] && exit 0

administrator=()
if [ "$(id -u)" -ne 0 ]; then
    # sudo may ask for a password only where somebody can type one.
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        administrator=(sudo)
    else
        choose_all
        echo "Missing system packages, and neither root nor sudo here to install them; an administrator can:" \
            "apt-get install ${chosen[*]}" >&2
        [ "$required" -eq 0 ]
        exit
    fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
    "${administrator[@]}" env DEBIAN_FRONTEND=noninteractive "$@" </dev/null >>"$log" 2>&1
}

echo "Reading the lists of system packages (apt-get update)."
if [ ${#administrator[@]} -gt 0 ]; then
    sudo -v || exit 1 # While it can still ask: from here on nothing reads the keyboard.
fi
quietly apt-get update -q # Where this fails, the lists from last time may still do.
choose_all
echo "Installing system packages${administrator[*]:+ with sudo}:"
say_what_for
if quietly apt-get install -q -y --no-install-recommends "${chosen[@]}"; then
    echo "System packages are installed."
    exit 0
fi
tail -n 20 "$log" >&2
echo "apt-get could not install them (above is what it said); by hand: apt-get install ${chosen[*]}" >&2
[ "$required" -eq 0 ]
